-- Move the question that is asked now to the end, once: quiz/session.py `Session.skip`.
-- Safe to repeat: after it, the question is no longer the one that is asked now.
-- KEYS: session   ARGV: session id, question number, seconds to keep
-- Returns 1 where this is still the person's session, else 0
local id, state, queue = unpack(redis.call("HMGET", KEYS[1], "id", "state", "queue"))
if id ~= ARGV[1] then return 0 end
redis.call("EXPIRE", KEYS[1], ARGV[3])
if state ~= "open" then return 1 end

local left, rest = {}, {}
for n in string.gmatch(queue, "%d+") do
  if redis.call("HEXISTS", KEYS[1], "a:" .. n) == 0 then left[#left + 1] = n end
  if n ~= ARGV[2] then rest[#rest + 1] = n end
end
local asked = left[1] == ARGV[2] and #left > 1
if asked and redis.call("HSETNX", KEYS[1], "s:" .. ARGV[2], 1) == 1 then
  rest[#rest + 1] = ARGV[2]
  redis.call("HSET", KEYS[1], "queue", table.concat(rest, ","))
end
return 1
