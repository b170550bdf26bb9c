-- The verdict on a case, once; everybody who reported it in this turn is to hear of it. What is
-- kept as it is comes back into the daily pool; of what was fixed, the old version stays out, and
-- the case is kept for as long as that, but not what people said.
-- Safe to repeat: the press that settled it is known.
-- KEYS: case, reports, decider, what is withheld, what is in review
-- ARGV: turn, verdict, attempt, who decides, case id, subject of the job, seconds to keep
-- Returns {"settled" | "already", verdict, people} | {"gone"}
local CASE, REPORTS, DECIDER, WITHHELD, WORK = unpack(KEYS)
local asked, wanted, attempt, decider, id, subject, keep = unpack(ARGV)
local turn, verdict, by, people, question = unpack(
  redis.call("HMGET", CASE, "turn", "verdict", "settled_by", "people", "question"))
if turn ~= asked then return {"gone"} end
if verdict then return {by == attempt and "settled" or "already", verdict, tonumber(people)} end

redis.call("HSET", CASE, "verdict", wanted, "settled_by", attempt)
redis.call("HINCRBY", CASE, "revision", 1)
redis.call("SADD", DECIDER, decider)
redis.call("SADD", WORK, subject)
if wanted == "kept" then
  redis.call("HDEL", CASE, "out")
  if redis.call("HGET", WITHHELD, question) == id then redis.call("HDEL", WITHHELD, question) end
end
local kept = redis.call("HGETALL", REPORTS)
for i = 1, #kept, 2 do
  local report = cjson.decode(kept[i + 1])
  if report.turn == turn then
    report.verdict = wanted
    redis.call("HSET", REPORTS, kept[i], cjson.encode(report))
  end
end
for _, key in ipairs({REPORTS, DECIDER}) do redis.call("EXPIRE", key, keep) end
if redis.call("HEXISTS", CASE, "out") == 0 then redis.call("EXPIRE", CASE, keep) end
return {"settled", wanted, tonumber(people)}
