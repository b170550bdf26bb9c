-- Begin a session, unless another one is open: quiz/session.py `begin`.
-- Safe to repeat: the press is remembered with the session that it began.
-- KEYS: session, once   ARGV: session id, session id to replace or "", seconds to keep the
-- session, seconds to keep the press, then fields and values of the new session
-- Returns {"started", id} | {"open", id}
local began = redis.call("GET", KEYS[2])
if began then return {"started", began} end

local id, state = unpack(redis.call("HMGET", KEYS[1], "id", "state"))
if state == "open" and id ~= ARGV[2] then return {"open", id} end

-- A full server refuses a script at its first write only, and never a DEL.
redis.call("SET", KEYS[2], ARGV[1], "EX", ARGV[4])
redis.call("DEL", KEYS[1])
redis.call("HSET", KEYS[1], unpack(ARGV, 5))
redis.call("EXPIRE", KEYS[1], ARGV[3])
return {"started", ARGV[1]}
