-- Take over what Slack says about user groups. A group that Slack no longer lists stays chosen,
-- without people, until it comes back or is chosen away. Safe to repeat.
-- KEYS: groups, beginning of the keys of members
-- ARGV: "choose" (the given ones and no others) or "refresh" (those that are chosen already),
-- groups as JSON: [[id, name, [users]], ...]
local MOST = 1000  -- arguments of one command
local listed, order = {}, {}
for _, group in ipairs(cjson.decode(ARGV[2])) do
  listed[group[1]] = group
  order[#order + 1] = group[1]
end

local function keep_members(group)
  local key = KEYS[2] .. ":" .. group
  redis.call("DEL", key)
  local users = listed[group] and listed[group][3] or {}
  for from = 1, #users, MOST do
    redis.call("SADD", key, unpack(users, from, math.min(from + MOST - 1, #users)))
  end
end

local chosen = redis.call("HKEYS", KEYS[1])
if ARGV[1] == "choose" then
  for _, group in ipairs(chosen) do
    if not listed[group] then
      redis.call("DEL", KEYS[2] .. ":" .. group)
      redis.call("HDEL", KEYS[1], group)
    end
  end
  chosen = order
end
for _, group in ipairs(chosen) do
  keep_members(group)
  if listed[group] then redis.call("HSET", KEYS[1], group, listed[group][2]) end
end
return #chosen
