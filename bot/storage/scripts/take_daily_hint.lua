-- Keep that a person took the hint of a channel's question: only before their answer and while it is
-- open does that cost this answer anything. Until their first answer to the question, wherever they
-- give it, it stays taken: take_hint.lua, earn.lua.
-- Safe to repeat: who took it stays the one who took it.
-- KEYS as in fate.lua, then who took the hint, hints taken before, firsts
-- ARGV: user, question, now in ms, the timestamp of the message or "", seconds to keep, and the same
-- for hints taken before
-- Returns {"gone"} | {"taken" | "free", proved}
local user, question, now, ts, keep, keep_taken = unpack(ARGV)
if read("i") ~= question or is_gone() then return {"gone"} end
local proved = prove(ts, now) and 1 or 0
if redis.call("HEXISTS", KEYS[11], question) == 0 then
  redis.call("SADD", KEYS[10], question)
  redis.call("EXPIRE", KEYS[10], keep_taken)
end
if not is_open(now) or redis.call("HEXISTS", ANSWERS, user) == 1 then return {"free", proved} end
redis.call("SADD", KEYS[9], user)
redis.call("EXPIRE", KEYS[9], keep)
return {"taken", proved}
