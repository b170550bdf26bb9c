-- Make a team and go into it, and out of the one before. Safe to repeat.
-- KEYS: see own_team.lua   ARGV: user, team, name, most teams
-- Returns {"joined", team, left} | {"already", team} | {"taken", team} | {"full"}
local user, team, name, most = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4])
if exists(team) then return {team_of(user) == team and "already" or "taken", size(team)} end
for _, other in ipairs(redis.call("HKEYS", KEYS[1])) do  -- whose last member was forgotten
  if not exists(other) then redis.call("HDEL", KEYS[1], other) end
end
local mine = team_of(user)
local vanishes = mine and redis.call("SCARD", members_of(mine)) == 1 and 1 or 0
if redis.call("HLEN", KEYS[1]) - vanishes >= most then return {"full"} end
local left = join(user, team)
redis.call("HSET", KEYS[1], team, name)
return {"joined", size(team), left}
