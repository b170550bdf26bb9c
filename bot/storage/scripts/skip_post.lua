-- A date gets no question any more, and that is written down.
-- Safe to repeat, and it takes nothing back that was begun.
-- KEYS as in fate.lua
-- ARGV: channel, day, version of the schedule, now in ms, seconds to keep, reason
-- Returns {"stands", state} | {"busy", deadline in ms} | {"outdated"}
local channel, day, version, now, keep, reason = unpack(ARGV)
is_given_up(now)
local state, deadline = read("state", "deadline")
if state == "claimed" then return {"busy", deadline} end
if not state then
  local schedule = redis.call("HGET", SCHEDULES, channel)
  if not schedule or cjson.decode(schedule).version ~= version then return {"outdated"} end
  state = "skipped"
  redis.call("HSET", OCC, "state", state, "channel", channel, "day", day, "reason", reason)
  redis.call("EXPIRE", OCC, keep)
  count("skipped")
end
pass(channel, day)
return {"stands", state}
