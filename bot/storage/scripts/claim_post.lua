-- Who posts the question that a channel gets for a date, if anybody still may.
-- Safe to repeat: the attempt that has the claim keeps it. A claim whose worker is gone is never
-- given to another one, for the question may be in the channel.
-- KEYS as in fate.lua
-- ARGV: channel, day, version of the schedule, attempt, now in ms, deadline in ms, seconds to keep,
-- closing in ms, "anew" where a date that certainly got nothing may be used again, then fields
-- Returns {"claimed"} | {"busy", deadline in ms} | {"stands", state} | {"outdated"}
local channel, day, version, attempt, now, deadline, keep, closes, anew = unpack(ARGV)
is_given_up(now)
local state, owner, until_when = read("state", "attempt", "deadline")
if state == "claimed" then
  if owner == attempt then return {"claimed"} end
  return {"busy", until_when}
end
local is_unused = state == "skipped" or state == "refused"
if state and not (is_unused and anew == "anew") then
  redis.call("HINCRBY", OCC, "suppressed", 1)
  count("suppressed")
  pass(channel, day)
  return {"stands", state}
end
local schedule = redis.call("HGET", SCHEDULES, channel)
if not schedule or cjson.decode(schedule).version ~= version then return {"outdated"} end
redis.call("DEL", OCC)
redis.call("HSET", OCC, "state", "claimed", "channel", channel, "day", day, "attempt", attempt,
  "claimed", now, "deadline", deadline, "closes", closes, unpack(ARGV, 10))
redis.call("EXPIRE", OCC, keep)
redis.call("ZADD", OPEN, closes, channel .. "/" .. redis.call("HGET", OCC, "id"))
return {"claimed"}
