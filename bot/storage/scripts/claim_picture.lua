-- Who uploads an image? Gives its file if it is in Slack already, 1 if this attempt may upload it,
-- and 0 while another one does. Safe to repeat.
-- KEYS[1] the image; ARGV: attempt, now and the end of the claim in unix ms, seconds to keep it
local file = redis.call("HGET", KEYS[1], "file")
if file then
  return file
end
local held = redis.call("HMGET", KEYS[1], "attempt", "until")
if held[1] and held[1] ~= ARGV[1] and tonumber(held[2]) > tonumber(ARGV[2]) then
  return 0
end
redis.call("HSET", KEYS[1], "attempt", ARGV[1], "until", ARGV[3])
redis.call("EXPIRE", KEYS[1], ARGV[4])
return 1
