-- Make a live round what quiz/live_moves.py says, if it still is what that looked at.
-- A round that is over leaves its channel to the next one. To repeat it does no harm: the turn has
-- changed, and whoever calls it looks again.
-- KEYS: round, rounds by channel
-- ARGV: turn, channel, round id, seconds to keep it, then fields and values
-- Returns 1, or 0 when it is something else by now
local turn, channel, id, keep = unpack(ARGV)
if redis.call("HGET", KEYS[1], "turn") ~= turn then return 0 end
redis.call("HSET", KEYS[1], unpack(ARGV, 5))
redis.call("EXPIRE", KEYS[1], keep)
local is_over = redis.call("HGET", KEYS[1], "phase") == "over"
if is_over and redis.call("HGET", KEYS[2], channel) == id then redis.call("HDEL", KEYS[2], channel) end
return 1
