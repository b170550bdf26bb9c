-- May a message be edited now? At most so many edits in a minute in a workspace, and for a count
-- not sooner than so long after the last edit of the same message.
-- KEYS: occurrence, edits of the workspace
-- ARGV: now in ms, least ms since the last edit of the message (0 for a result), most edits in the
-- window, window in ms, a new name for the edit
-- Returns 0 if it may, and counts it, else the ms to wait
local now, apart, most, window = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
if redis.call("ZSCORE", KEYS[2], ARGV[5]) then return 0 end
local last = tonumber(redis.call("HGET", KEYS[1], "edited") or -apart)
local wait = math.max(0, math.min(last + apart - now, apart))
redis.call("ZREMRANGEBYSCORE", KEYS[2], "-inf", now - window)
if redis.call("ZCARD", KEYS[2]) >= most then
  local oldest = redis.call("ZRANGE", KEYS[2], -most, -most, "WITHSCORES")
  wait = math.max(wait, math.min(tonumber(oldest[2]) + window - now, window))
end
if wait > 0 then return math.ceil(wait) end
redis.call("ZADD", KEYS[2], now, ARGV[5])
redis.call("PEXPIRE", KEYS[2], 2 * window)
if apart > 0 then redis.call("HSET", KEYS[1], "edited", now) end
return 0
