-- Remember what somebody is called, from a click: a name that Slack listed is better and stays.
-- KEYS: names   ARGV: user, name
-- Returns 1 where nothing was known of them, else 0
local known = redis.call("HGET", KEYS[1], ARGV[1])
if not known or (known ~= ARGV[2] and not string.find(known, "\n", 1, true)) then
  redis.call("HSET", KEYS[1], ARGV[1], ARGV[2])
end
return known and 0 or 1
