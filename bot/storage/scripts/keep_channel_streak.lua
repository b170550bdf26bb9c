-- Keep a person's streak in a channel, as quiz/streaks.py has advanced it from what was there.
-- Safe to repeat.
-- KEYS: streaks of the channel   ARGV: user, what was there or "", what it is now
-- Returns 1, or 0 when something else is there by now
local kept = redis.call("HGET", KEYS[1], ARGV[1]) or ""
if kept ~= ARGV[2] and kept ~= ARGV[3] then return 0 end
redis.call("HSET", KEYS[1], ARGV[1], ARGV[3])
return 1
