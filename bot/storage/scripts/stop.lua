-- End the open session: quiz/session.py `Session.stop`.
-- Safe to repeat: the press is remembered, also one that found nothing to stop, so that it can
-- never stop a session begun after it.
-- KEYS: session, once   ARGV: session id or "" for whichever is open, seconds to keep the press
-- Returns 1 where this press stopped a session, else 0
local known = redis.call("GET", KEYS[2])
if known then return known == "" and 0 or 1 end
local id, state = unpack(redis.call("HMGET", KEYS[1], "id", "state"))
local stops = state == "open" and (ARGV[1] == "" or ARGV[1] == id)
redis.call("SET", KEYS[2], stops and id or "", "EX", ARGV[2])
if stops then redis.call("HSET", KEYS[1], "state", "stopped") end
return stops and 1 or 0
