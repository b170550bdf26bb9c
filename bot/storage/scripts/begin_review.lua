-- Who brings the message about a case or a suggestion up to date: one worker at a time.
-- Safe to repeat.
-- KEYS: case or suggestion   ARGV: attempt, now in ms, ms at which it counts as gone
-- Returns {"claimed"} | {"busy", ms} | {"gone"}
local owner, until_when, revision = unpack(
  redis.call("HMGET", KEYS[1], "worker", "worker_until", "revision"))
if not revision then return {"gone"} end
if owner and owner ~= ARGV[1] and tonumber(ARGV[2]) < tonumber(until_when) then
  return {"busy", until_when}
end
redis.call("HSET", KEYS[1], "worker", ARGV[1], "worker_until", ARGV[3])
return {"claimed"}
