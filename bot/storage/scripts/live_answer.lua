-- Whose answer to a question of a live round stands: quiz/live_moves.py `answer`.
-- What it earns on boards is given at the close (live_award.lua): they would give it away.
-- Safe to repeat: an answer keeps the id of the press that gave it.
-- KEYS: round, seats, answers to the question
-- ARGV: ledger, number, attempt, the answer as given (JSON), 1 if it is right, points, time left, now
-- in ms, the timestamp of the message or "", seconds to keep, numbers of the chosen options
-- Returns {"late", proved} | {"recorded" | "already", proved, answer (JSON)}
local ledger, number, attempt = cjson.decode(ARGV[1]), ARGV[2], ARGV[3]
local right, points, left, now, keep = ARGV[5] == "1", ARGV[6], ARGV[7], ARGV[8], ARGV[10]
local user = ledger.user
local proved = prove(KEYS[1], "q" .. number, ARGV[9], now) and 1 or 0

local stands = redis.call("HGET", KEYS[3], user)
if stands then
  return {cjson.decode(stands).attempt == attempt and "recorded" or "already", proved, stands}
end
local phase, current, until_ms = unpack(redis.call("HMGET", KEYS[1], "phase", "number", "until"))
local is_open = current == number and (phase == "posting" or phase == "asking")
  and (until_ms == "" or tonumber(now) < tonumber(until_ms))
if not is_open then return {"late", proved} end

local answer = cjson.encode({given = ARGV[4], right = right, points = tonumber(points),
  left = tonumber(left), attempt = attempt, ms = now})
redis.call("HSET", KEYS[3], user, answer)
redis.call("EXPIRE", KEYS[3], keep)
redis.call("HINCRBY", KEYS[1], "t:" .. number, 1)
if right then redis.call("HINCRBY", KEYS[1], "r:" .. number, 1) end
for i = 11, #ARGV do redis.call("HINCRBY", KEYS[1], "o:" .. number .. ":" .. ARGV[i], 1) end

local seat = redis.call("HGET", KEYS[2], user) or string.format("%d:-1:0:0:0:0", number + 1)
local since, earned, hits, answered, swift =
  string.match(seat, "^(%d+):%-?%d+:(%d+):(%d+):(%d+):(%d+)$")
redis.call("HSET", KEYS[2], user, string.format("%d:%d:%d:%d:%d:%d", since, number,
  earned + points, hits + (right and 1 or 0), answered + 1, swift + left))
redis.call("EXPIRE", KEYS[2], keep)
keep_streak(ledger)
return {"recorded", proved, answer}
