-- All teams with those of their people who are on a board, and what they earned there: hidden
-- people count for their team as everybody does, deactivated ones are in none any more.
-- KEYS: own teams, beginning of the keys of members, beginning of the keys of people, groups,
-- board, shade   ARGV: who looks; they are told about their own teams even if they are not active
-- Returns {users, points, teams}: people once, and their points or "-" in the same order, each list
-- as one text with spaces between; teams are {id, name, how many others are in it, places of its
-- people from 0, as such a text}. The others are counted, not listed: a group may be a company.
-- A client takes ten thousand replies apart much more slowly than one long text.
local viewer = ARGV[1]
local place, users, points = {}, {}, {}
local has_shade = redis.call("EXISTS", KEYS[6]) == 1

local function is_gone(user)
  return redis.call("HEXISTS", KEYS[3] .. ":" .. user, "gone") == 1
end

-- People of both, and their points on the board; a set's own scores count nothing.
local function on_board(board, members)
  return redis.call("ZINTER", 2, board, members, "WEIGHTS", 1, 0, "WITHSCORES")
end

local function place_of(user, score)
  if not place[user] then
    place[user] = #users
    users[#users + 1] = user
    points[#points + 1] = score
  end
  return place[user]
end

local function read_team(id, name, is_own)
  local members = KEYS[2] .. ":" .. id
  local size, places, met = redis.call("SCARD", members), {}, {}
  local function take(user, score)
    met[user] = true
    places[#places + 1] = place_of(user, score)
  end
  local function meet_gone(user)
    met[user] = true
    size = size - 1
  end
  local seen = on_board(KEYS[5], members)
  for i = 1, #seen, 2 do take(seen[i], seen[i + 1]) end
  local unseen = has_shade and on_board(KEYS[6], members) or {}
  for i = 1, #unseen, 2 do
    if is_gone(unseen[i]) then meet_gone(unseen[i]) else take(unseen[i], unseen[i + 1]) end
  end
  -- Slack takes people who leave out of its groups; out of an own team nobody takes them.
  for _, user in ipairs(is_own and redis.call("SMEMBERS", members) or {}) do
    if not met[user] and is_gone(user) then meet_gone(user) end
  end
  if not met[viewer] and redis.call("SISMEMBER", members, viewer) == 1 then take(viewer, "-") end
  return {id, name, size - #places, table.concat(places, " ")}, size
end

local teams = {}
for _, key in ipairs({KEYS[1], KEYS[4]}) do
  local names = redis.call("HGETALL", key)
  for i = 1, #names, 2 do
    local team, size = read_team(names[i], names[i + 1], key == KEYS[1])
    if size > 0 then teams[#teams + 1] = team end
  end
end
return {table.concat(users, " "), table.concat(points, " "), teams}
