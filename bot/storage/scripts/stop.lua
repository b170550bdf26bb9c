-- End the open session: quiz/session.py `Session.stop`.
-- Safe to repeat: the press is remembered, so that it can never stop a session begun after it.
-- KEYS: session, once   ARGV: session id or "" for whichever is open, seconds to keep the press
-- Returns 1 where this press stopped a session, else 0
if redis.call("EXISTS", KEYS[2]) == 1 then return 1 end
local id, state = unpack(redis.call("HMGET", KEYS[1], "id", "state"))
if state ~= "open" or (ARGV[1] ~= "" and ARGV[1] ~= id) then return 0 end
redis.call("HSET", KEYS[1], "state", "stopped")
redis.call("SET", KEYS[2], id, "EX", ARGV[2])
return 1
