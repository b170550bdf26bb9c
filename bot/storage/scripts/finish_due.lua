-- A job is done, or due again later; unless it was put anew meanwhile, or lent to somebody else.
-- Safe to repeat.
-- KEYS: due index   ARGV: job, end of its lease in ms, next moment in ms or ""
if tonumber(redis.call("ZSCORE", KEYS[1], ARGV[1])) ~= tonumber(ARGV[2]) then return 0 end
if ARGV[3] == "" then return redis.call("ZREM", KEYS[1], ARGV[1]) end
redis.call("ZADD", KEYS[1], ARGV[3], ARGV[1])
return 1
