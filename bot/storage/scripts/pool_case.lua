-- Take a version of a question out of the daily pool, or put it back. Safe to repeat.
-- KEYS: case, what is withheld, what is in review
-- ARGV: turn, "out" or "in", case id, subject of the job, seconds to keep
-- Returns {"out"} | {"in"} | {"gone"}
local CASE, WITHHELD, WORK = unpack(KEYS)
local asked, wanted, id, subject, keep = unpack(ARGV)
local turn, verdict, question = unpack(redis.call("HMGET", CASE, "turn", "verdict", "question"))
if turn ~= asked then return {"gone"} end
redis.call("HSET", CASE, "by_hand", 1)
redis.call("HINCRBY", CASE, "revision", 1)
redis.call("SADD", WORK, subject)
if wanted == "out" then
  redis.call("HSET", CASE, "out", 1)
  redis.call("HSET", WITHHELD, question, id)
  redis.call("PERSIST", CASE)
  return {"out"}
end
redis.call("HDEL", CASE, "out")
if redis.call("HGET", WITHHELD, question) == id then redis.call("HDEL", WITHHELD, question) end
if verdict then redis.call("EXPIRE", CASE, keep) end
return {"in"}
