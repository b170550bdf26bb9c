-- Withdraw a question: no answer counts from here on, its day is due for nobody, and its points are
-- taken back person by person (revoke_daily.lua) until `revoked` says that all are.
-- Safe to repeat.
-- KEYS as in fate.lua   ARGV: now in ms
-- Returns the state before, or "" for none
local state, channel, day, id, revoked = read("state", "channel", "day", "id", "revoked")
if not id or state == "claimed" or state == "refused" then return state or "" end
if state ~= "voided" then
  if state == "unknown" then count("unknown", -1) end
  redis.call("HSET", OCC, "state", "voided")
  redis.call("ZREM", DAYS, day)
  count("voided")
end
if not revoked then redis.call("ZADD", OPEN, ARGV[1], channel .. "/" .. id) end
return state
