-- What Slack made of a post, told by the attempt that made it.
-- Safe to repeat. It may come late: the claim may have been given up meanwhile, or a click may have
-- proved the post, or the question may be closed; then only what is missing is added.
-- KEYS as in fate.lua
-- ARGV: attempt, outcome (sent, refused, unknown or released), now in ms, ts, reason, late in ms
-- Returns the state of the occurrence, or "" for none
local attempt, outcome, now, ts, reason, late = unpack(ARGV)
local owner, state, channel, day, id = read("attempt", "state", "channel", "day", "id")
if owner ~= attempt then return state or "" end
local is_undecided = state == "claimed" or state == "unknown"
if outcome == "sent" then
  prove(ts, now)
  if redis.call("HSETNX", OCC, "late", late) == 1 then
    redis.call("HSET", COUNTS, "last_late", late)
    local most = tonumber(redis.call("HGET", COUNTS, "most_late") or 0)
    if tonumber(late) > most then redis.call("HSET", COUNTS, "most_late", late) end
  end
elseif outcome == "unknown" then
  if state == "claimed" then posted("unknown", now) end
elseif is_undecided then
  if state == "unknown" then count("unknown", -1) end
  redis.call("ZREM", OPEN, channel .. "/" .. id)
  if outcome == "released" then
    redis.call("DEL", OCC)
    return ""
  end
  redis.call("HSET", OCC, "state", "refused", "reason", reason)
  pass(channel, day)
  count("refused")
end
return read("state")
