-- Keep that a person took the hint of a channel's question: only before their answer and while it is
-- open does that cost them anything, so only then is it kept.
-- Safe to repeat: who took it stays the one who took it.
-- KEYS as in fate.lua, then who took the hint
-- ARGV: user, question, now in ms, the timestamp of the message or "", seconds to keep
-- Returns {"gone"} | {"taken" | "free", proved}
local user, question, now, ts, keep = unpack(ARGV)
if read("i") ~= question or is_gone() then return {"gone"} end
local proved = prove(ts, now) and 1 or 0
if not is_open(now) or redis.call("HEXISTS", ANSWERS, user) == 1 then return {"free", proved} end
redis.call("SADD", KEYS[9], user)
redis.call("EXPIRE", KEYS[9], keep)
return {"taken", proved}
