-- What Slack made of the board of a week, told by the attempt that posted it.
-- Safe to repeat. It may come late: a claim that was given up is settled all the same.
-- KEYS: the board of that week   ARGV: attempt, outcome (sent, refused, unknown or released)
local owner, state = unpack(redis.call("HMGET", KEYS[1], "attempt", "state"))
if owner ~= ARGV[1] or not (state == "claimed" or state == "unknown") then return 0 end
if ARGV[2] == "released" then
  redis.call("DEL", KEYS[1])
else
  redis.call("HSET", KEYS[1], "state", ARGV[2])
end
return 1
