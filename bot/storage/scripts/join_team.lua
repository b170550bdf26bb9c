-- Go into a team, and out of the one before. Safe to repeat.
-- KEYS: see own_team.lua   ARGV: user, team
-- Returns {"joined", team, left} | {"already", team} | {"unknown"}
local user, team = ARGV[1], ARGV[2]
if not exists(team) then return {"unknown"} end
if team_of(user) == team then return {"already", size(team)} end
local left = join(user, team)
return {"joined", size(team), left}
