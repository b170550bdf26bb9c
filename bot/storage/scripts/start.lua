-- Begin a session, unless another one is open: quiz/session.py `begin` and `Session.with_hints`.
-- Safe to repeat: the press is remembered with the session that it began.
-- KEYS: session, once, hints taken before   ARGV: session id, session id to replace or "", seconds
-- to keep the session, seconds to keep the press, numbers of the questions that have a hint, then
-- fields and values of the new session
-- Returns {"started", id} | {"open", id}
local began = redis.call("GET", KEYS[2])
if began then return {"started", began} end

local id, state = unpack(redis.call("HMGET", KEYS[1], "id", "state"))
if state == "open" and id ~= ARGV[2] then return {"open", id} end

-- A full server refuses a script at its first write only, and never a DEL.
redis.call("SET", KEYS[2], ARGV[1], "EX", ARGV[4])
redis.call("DEL", KEYS[1])
redis.call("HSET", KEYS[1], unpack(ARGV, 6))
for number in string.gmatch(ARGV[5], "%d+") do
  local question = redis.call("HGET", KEYS[1], "i:" .. number)
  if redis.call("SISMEMBER", KEYS[3], question) == 1 then
    redis.call("HSET", KEYS[1], "h:" .. number, 1)
    redis.call("EXPIRE", KEYS[3], ARGV[3])
  end
end
redis.call("EXPIRE", KEYS[1], ARGV[3])
return {"started", ARGV[1]}
