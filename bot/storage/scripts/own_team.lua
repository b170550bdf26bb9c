-- Teams that people make themselves: a part of the scripts that join, leave, make and delete them.
-- Who is in a team is said twice, by the set of its members and by the person's own hash, and
-- changed in one step. A team without members does not exist, even where its name is still kept.
-- KEYS of all of them: own teams, beginning of the keys of members, beginning of the keys of people
local function members_of(team) return KEYS[2] .. ":" .. team end
local function person(user) return KEYS[3] .. ":" .. user end

local function exists(team)
  return redis.call("HEXISTS", KEYS[1], team) == 1 and redis.call("EXISTS", members_of(team)) == 1
end

-- Name and number of people, as Python unpacks them.
local function size(team)
  return {team, redis.call("HGET", KEYS[1], team) or "", redis.call("SCARD", members_of(team))}
end

-- The team that the user is in, if that is so.
local function team_of(user)
  local team = redis.call("HGET", person(user), "team")
  return team and redis.call("SISMEMBER", members_of(team), user) == 1 and team or nil
end

-- Returns the name of the team that was left, "" for none.
local function leave(user)
  local team = redis.call("HGET", person(user), "team")
  if not team then return "" end
  local name = redis.call("HGET", KEYS[1], team) or ""
  local was_in = redis.call("SREM", members_of(team), user) == 1
  redis.call("HDEL", person(user), "team")
  if redis.call("EXISTS", members_of(team)) == 0 then redis.call("HDEL", KEYS[1], team) end
  return was_in and name or ""
end

-- Returns the name of the team that was left for it.
local function join(user, team)
  local left = leave(user)
  redis.call("SADD", members_of(team), user)
  redis.call("HSET", person(user), "team", team)
  return left
end
