-- Answers to a question count by another key from here on; those given before are to be marked again.
-- Safe to repeat: of workers that notice the same change, one writes it down.
-- KEYS: keys of questions, corrections, regrading
-- ARGV: question, version that it has so far, version, the correction as JSON
-- Returns 1, or 0 where it has not the version that was expected
local question, before, version, correction = unpack(ARGV)
if redis.call("HGET", KEYS[1], question) ~= before then return 0 end
redis.call("HSET", KEYS[1], question, version)
redis.call("HSET", KEYS[2], "k:" .. question, correction)
redis.call("HDEL", KEYS[2], "n:" .. question, "t:" .. question)
redis.call("HINCRBY", KEYS[3], question, 1)
return 1
