-- What the authors answer to a suggestion, once; to none whose author wants to be forgotten.
-- Safe to repeat: the press that did it is known.
-- KEYS: suggestion, who suggested what, decider, what is in review
-- ARGV: answer, reason, attempt, who decides, subject of the job, seconds to keep
-- Returns {"answered" | "already", answer} | {"gone"}
local answer, by, revision = unpack(
  redis.call("HMGET", KEYS[1], "answer", "answered_by", "revision"))
if not revision or redis.call("EXISTS", KEYS[2]) == 0 then return {"gone"} end
if answer then return {by == ARGV[3] and "answered" or "already", answer} end
redis.call("HSET", KEYS[1], "answer", ARGV[1], "reason", ARGV[2], "answered_by", ARGV[3])
redis.call("HINCRBY", KEYS[1], "revision", 1)
redis.call("SADD", KEYS[3], ARGV[4])
redis.call("SADD", KEYS[4], ARGV[5])
for i = 1, 3 do redis.call("EXPIRE", KEYS[i], ARGV[6]) end
return {"answered", ARGV[1]}
