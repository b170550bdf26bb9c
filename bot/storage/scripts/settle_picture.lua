-- An upload has ended: with a file, or without. The first file stays: others may show it by now.
-- KEYS[1] the image; ARGV: attempt, file or nothing, seconds to keep it
local file = redis.call("HGET", KEYS[1], "file")
if file then
  return file
end
if ARGV[2] == "" then
  if redis.call("HGET", KEYS[1], "attempt") == ARGV[1] then
    redis.call("DEL", KEYS[1])
  end
  return ""
end
redis.call("DEL", KEYS[1])
redis.call("HSET", KEYS[1], "file", ARGV[2])
redis.call("EXPIRE", KEYS[1], ARGV[3])
return ARGV[2]
