-- The result is shown, or will never be; or the attempt gives the closing back for a later one.
-- Safe to repeat. Of several attempts each only ends its own.
-- KEYS as in fate.lua
-- ARGV: attempt, "closed" or "released"
-- Returns the state
local attempt, outcome = unpack(ARGV)
local state, closer, announced, channel, id =
  read("state", "closer", "announced", "channel", "id")
if state == "closing" and closer == attempt then
  if outcome == "closed" then
    redis.call("HSET", OCC, "state", "closed")
    redis.call("ZREM", OPEN, channel .. "/" .. id)
    return "closed"
  end
  redis.call("HSET", OCC, "closing_until", 0)
end
if outcome == "released" and announced == attempt then redis.call("HDEL", OCC, "announced") end
return state or ""
