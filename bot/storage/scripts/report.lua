-- What somebody says about a version of a question: kept with the case, which it opens, or opens
-- once more after a verdict. Enough people take the question out of the daily pool.
-- Safe to repeat: a press that was counted before changes nothing.
-- KEYS: case, reports, filings, what is withheld, what is in review, decider
-- ARGV: user, attempt, complaint, words, now in ms, most filings, their window in ms, how many
-- people are enough, case id, question, subject of the job, options as the user saw them (JSON),
-- fields of a new case
-- Returns {"filed", people, 1 if the same person had reported it before, 1 if it is out}
--      or {"enough", ms at which the person may again}
local CASE, REPORTS, FILINGS, WITHHELD, WORK, DECIDER = unpack(KEYS)
local user, attempt, complaint, words, now, most, window, enough, id, question, subject, options =
  unpack(ARGV)
local said, until_when = file(FILINGS, attempt, now, tonumber(most), tonumber(window))
if said == "enough" then return {"enough", string.format("%.0f", until_when)} end
if said == "again" then
  local people, out = unpack(redis.call("HMGET", CASE, "people", "out"))
  return {"filed", tonumber(people or 0), 0, tonumber(out or 0)}
end

local verdict, turn = unpack(redis.call("HMGET", CASE, "verdict", "turn"))
if not turn then
  turn = "1"
  redis.call("HSET", CASE, "turn", turn, "people", 0, "revision", 0, unpack(ARGV, 13))
elseif verdict then
  turn = tostring(tonumber(turn) + 1)
  redis.call("HSET", CASE, "turn", turn, "people", 0)
  redis.call("HDEL", CASE, "verdict", "by_hand", "channel", "posted", "shown")
  redis.call("DEL", DECIDER)
end
redis.call("PERSIST", CASE)
redis.call("PERSIST", REPORTS)
local before = redis.call("HGET", REPORTS, user)
local again = before and cjson.decode(before).turn == turn
redis.call("HSET", REPORTS, user, cjson.encode(
  {complaint = complaint, words = words, ms = now, turn = turn, options = options}))
local people = redis.call("HINCRBY", CASE, "people", again and 0 or 1)
redis.call("HINCRBY", CASE, "revision", 1)
redis.call("SADD", WORK, subject)
if not again and people == tonumber(enough)
    and redis.call("HEXISTS", CASE, "by_hand") == 0 then
  redis.call("HSET", WITHHELD, question, id)
  redis.call("HSET", CASE, "out", 1)
end
return {"filed", people, again and 1 or 0, tonumber(redis.call("HGET", CASE, "out") or 0)}
