-- Keep that a person took the hint of a question, before its answer: quiz/session.py
-- `Session.take_hint`. It also outlives the session, or whoever stops it and begins anew, or is
-- asked by a channel, would have had the hint for nothing; until the first answer, see earn.lua.
-- Safe to repeat: it is kept once, and not after the answer.
-- KEYS: session, hints taken before, firsts   ARGV: session id, question number, seconds to keep
local number = ARGV[2]
local id, state, question, answer = unpack(
  redis.call("HMGET", KEYS[1], "id", "state", "i:" .. number, "a:" .. number))
if id ~= ARGV[1] then return 0 end
redis.call("EXPIRE", KEYS[1], ARGV[3])
if state == "open" and question and not answer then
  redis.call("HSET", KEYS[1], "h:" .. number, 1)
  if redis.call("HEXISTS", KEYS[3], question) == 0 then
    redis.call("SADD", KEYS[2], question)
    redis.call("EXPIRE", KEYS[2], ARGV[3])
  end
end
return 1
