-- Take a person's name off the schedules that they set up; the schedules go on without an owner.
-- Safe to repeat. The text is changed in its place: reading it and writing it anew would turn an
-- empty list into an empty object.
-- KEYS: schedules   ARGV: user
-- Returns how many schedules were theirs
local theirs = '("owner":%s*)"' .. string.gsub(ARGV[1], "%W", "%%%0") .. '"'
local kept = redis.call("HGETALL", KEYS[1])
local count = 0
for i = 1, #kept, 2 do
  local without, found = string.gsub(kept[i + 1], theirs, '%1""')
  if found > 0 then
    redis.call("HSET", KEYS[1], kept[i], without)
    count = count + 1
  end
end
return count
