-- All first answers to a question are marked, unless there was new reason to meanwhile.
-- Safe to repeat.   KEYS: regrading   ARGV: question, number of the reason
if redis.call("HGET", KEYS[1], ARGV[1]) ~= ARGV[2] then return 0 end
return redis.call("HDEL", KEYS[1], ARGV[1])
