-- Who posts the board of a channel for a week, if anybody still may.
-- Safe to repeat: the attempt that has the claim keeps it. A claim whose worker is gone is never
-- given to another one, for the board may be in the channel.
-- KEYS: the board of that week   ARGV: attempt, now in ms, deadline in ms, seconds to keep
-- Returns {"claimed"} | {"busy", deadline in ms} | {"stands", state}
local attempt, now, deadline, keep = unpack(ARGV)
local state, owner, until_when = unpack(
  redis.call("HMGET", KEYS[1], "state", "attempt", "deadline"))
if state == "claimed" and owner == attempt then return {"claimed"} end
if state == "claimed" and tonumber(now) < tonumber(until_when) then
  return {"busy", until_when}
end
if state == "claimed" then
  redis.call("HSET", KEYS[1], "state", "unknown")
  return {"stands", "unknown"}
end
if state then return {"stands", state} end
redis.call("HSET", KEYS[1], "state", "claimed", "attempt", attempt, "deadline", deadline)
redis.call("EXPIRE", KEYS[1], keep)
return {"claimed"}
