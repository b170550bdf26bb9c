-- Go out of one's team. Safe to repeat.
-- KEYS: see own_team.lua   ARGV: user   Returns the name of the team, "" for none
return leave(ARGV[1])
