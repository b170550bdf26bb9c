-- Delete a team, whoever is in it. Safe to repeat.
-- KEYS: see own_team.lua   ARGV: team   Returns the team as it was, or an empty list
local team = ARGV[1]
if not exists(team) then return {} end
local was = size(team)
for _, user in ipairs(redis.call("SMEMBERS", members_of(team))) do
  if redis.call("HGET", person(user), "team") == team then
    redis.call("HDEL", person(user), "team")
  end
end
redis.call("DEL", members_of(team))
redis.call("HDEL", KEYS[1], team)
return was
