-- Slack knows this file no more; a newer one of the same image stays.
-- KEYS[1] the image; ARGV[1] the file
if redis.call("HGET", KEYS[1], "file") == ARGV[1] then
  return redis.call("DEL", KEYS[1])
end
return 0
