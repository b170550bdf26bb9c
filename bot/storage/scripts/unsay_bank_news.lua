-- Somebody was certainly not told, so it is news again. Safe to repeat.
--
-- KEYS: what they were told. ARGV: name of the trouble, token of the claim.

local field = "told/" .. ARGV[1]
local token, before = string.match(redis.call("HGET", KEYS[1], field) or "", "^%d+:([^:]*):(.*)$")
if token ~= ARGV[2] then
  return 0
end
redis.call("HDEL", KEYS[1], field)
if redis.call("HGET", KEYS[1], "latest") == ARGV[1] then
  redis.call("HSET", KEYS[1], "latest", before)
end
return 1
