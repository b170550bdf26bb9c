-- What becomes of the question that a channel gets for a date: a part of the scripts on posts. They
-- all have the same KEYS: occurrence, last days, days that count, questions asked, counts, what is
-- open, schedules, answers.
local OCC, LAST, DAYS, ASKED, COUNTS, OPEN, SCHEDULES, ANSWERS = unpack(KEYS)

local function read(...) return unpack(redis.call("HMGET", OCC, ...)) end

local function count(what, by) redis.call("HINCRBY", COUNTS, what, by or 1) end

-- The date is done with: no newer question waits for it.
local function pass(channel, day)
  local last = redis.call("HGET", LAST, channel)
  if not last or last < day then redis.call("HSET", LAST, channel, day) end
end

-- It is, or may be, in the channel. Only a question that certainly is makes its day due for
-- streaks, and only one on a working day.
local function posted(state, now)
  local channel, day, question, counts, before = read("channel", "day", "i", "counts", "state")
  redis.call("HSET", OCC, "state", state)
  pass(channel, day)
  redis.call("ZADD", ASKED, now, question)
  if state == "sent" and counts == "1" then redis.call("ZADD", DAYS, 0, day) end
  if before == "unknown" then count("unknown", -1) end
  count(state)
end

-- Whoever claimed it is gone, and nobody knows whether it was posted: a click may tell.
local function is_given_up(now)
  local state, deadline = read("state", "deadline")
  if state ~= "claimed" or tonumber(now) < tonumber(deadline) then return false end
  posted("unknown", now)
  return true
end

-- No answer to it counts, whenever it came.
local function is_gone()
  local state = read("state")
  return state == "voided" or state == "refused" or state == "skipped"
end

local function is_open(now)
  local state, closes = read("state", "closes")
  local is_asked = state == "claimed" or state == "sent" or state == "unknown"
  return is_asked and tonumber(now) < tonumber(closes)
end

-- A message was seen in the channel: that proves the post.
local function prove(ts, now)
  local state, known = read("state", "ts")
  if ts == "" or known then return false end
  redis.call("HSET", OCC, "ts", ts)
  if state == "claimed" or state == "unknown" then posted("sent", now) end
  return true
end
