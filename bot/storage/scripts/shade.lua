-- Hide somebody from all boards, or show them again: their points move between each board and its
-- shade at once, and what they earn from now on goes where they are. Safe to repeat.
-- KEYS: person, boards, beginnings of the keys of boards and of their shades
-- ARGV: user, field ("hidden" or "gone"), "1" or "" , now in ms
-- Returns 1 where something changed, else 0
local before = redis.call("HMGET", KEYS[1], "hidden", "gone")
local was_unseen = before[1] or before[2]
if ARGV[3] == "" then
  redis.call("HDEL", KEYS[1], ARGV[2])
else
  redis.call("HSET", KEYS[1], ARGV[2], ARGV[3])
end
local after = redis.call("HMGET", KEYS[1], "hidden", "gone")
local is_unseen = after[1] or after[2]
if (not was_unseen) == (not is_unseen) then return 0 end

redis.call("ZREMRANGEBYSCORE", KEYS[2], "-inf", "(" .. ARGV[4])
local from, to = KEYS[3], KEYS[4]
if was_unseen then from, to = to, from end
for _, name in ipairs(redis.call("ZRANGE", KEYS[2], 0, -1)) do
  local points = redis.call("ZSCORE", from .. ":" .. name, ARGV[1])
  if points then
    local left = redis.call("PTTL", from .. ":" .. name)
    redis.call("ZADD", to .. ":" .. name, points, ARGV[1])
    redis.call("ZREM", from .. ":" .. name, ARGV[1])
    if left > 0 then redis.call("PEXPIRE", to .. ":" .. name, left) end
  end
end
return 1
