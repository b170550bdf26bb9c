-- All teams with the number of their people, and the own team of one person.
-- KEYS: own teams, beginning of the keys of members, beginning of the keys of people, groups
-- ARGV: user   Returns {mine or "", own teams, groups}: rows of {id, name, people}
local function rows(key)
  local found, names = {}, redis.call("HGETALL", key)
  for i = 1, #names, 2 do
    found[#found + 1] = {names[i], names[i + 1], redis.call("SCARD", members_of(names[i]))}
  end
  return found
end
return {team_of(ARGV[1]) or "", rows(KEYS[1]), rows(KEYS[4])}
