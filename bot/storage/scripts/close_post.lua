-- Who closes a question. From here on no answer counts.
-- Safe to repeat, and a worker that is gone is replaced: showing the result again does no harm.
-- KEYS as in fate.lua   ARGV: attempt, now in ms, deadline in ms
-- Returns {"closing"} | {"busy", deadline in ms} | {"stands", state}
local attempt, now, deadline = unpack(ARGV)
is_given_up(now)
local state, claimed_until, closer, closing_until, channel, id =
  read("state", "deadline", "closer", "closing_until", "channel", "id")
if state == "claimed" then return {"busy", claimed_until} end
if state == "closing" and closer ~= attempt and tonumber(now) < tonumber(closing_until) then
  return {"busy", closing_until}
end
if state == "sent" or state == "unknown" or state == "closing" then
  redis.call("HSET", OCC, "state", "closing", "closer", attempt, "closing_until", deadline)
  return {"closing"}
end
if id and state ~= "voided" then redis.call("ZREM", OPEN, channel .. "/" .. id) end
return {"stands", state or ""}
