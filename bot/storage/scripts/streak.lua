-- A person's own streak: quiz/streaks.py `advance` where Monday to Friday are working days and none
-- is excused. A part of other scripts:
--   keep_streak(ledger)    after any answer, right or wrong; may be repeated
-- It lies in the hash of the person, as `length:best:last:repaired`; days are counted from 1970, and
-- `ledger.day` is the date on the person's own calendar. 0 stands for no day.
local APART = 7  -- so many working days lie between two missed ones that are both forgiven

local function is_workday(day) return (day + 3) % 7 < 5 end

local function is_forgiven(missed, repaired)
  if repaired == 0 then return true end
  local between, day = 0, missed - 1
  while day > repaired and between < APART do
    if is_workday(day) then between = between + 1 end
    day = day - 1
  end
  return between == APART
end

-- The run and the last repair as `today` begins.
local function settled(length, decided, repaired, today)
  for day = decided + 1, today - 1 do
    if is_workday(day) then
      if not is_forgiven(day, repaired) then return 0, 0 end
      repaired = day
    end
  end
  return length, repaired
end

local function keep_streak(ledger)
  local today = ledger.day
  local kept = redis.call("HGET", ledger.person, "streak") or "0:0:0:0"
  local length, best, last, repaired = string.match(kept, "^(%d+):(%d+):(%d+):(%d+)$")
  length, best, last, repaired =
    tonumber(length), tonumber(best), tonumber(last), tonumber(repaired)
  local decided = math.max(last, repaired)
  if not is_workday(today) or today <= decided then return end
  if length > 0 then length, repaired = settled(length, decided, repaired, today) end
  length = length + 1
  redis.call("HSET", ledger.person, "streak", string.format(
    "%d:%d:%d:%d", length, math.max(length, best), today, repaired))
end
