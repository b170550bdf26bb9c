-- A leaderboard as one person sees it, however long it is: the first few, and their own line between
-- its neighbours. Equal points share a rank, one more than the number of people with more points.
-- KEYS: board, shade, tally, names, beginning of the keys of people   ARGV: user, how many first
-- Returns {people, rows, own, next}: rows of {place from 0, rank, user, points, tally, name, streak,
-- zone chosen}, in order; own is "seen", "hidden" or "absent"; next is {points to it, rank}, of the
-- next better rank, or empty. A hidden person's row comes last, on the place it would have.
local user, first = ARGV[1], tonumber(ARGV[2])
local rows = {}

local function rank_of(points)
  return 1 + redis.call("ZCOUNT", KEYS[1], "(" .. points, "+inf")
end

local function add(place, rank, who, points)
  local about = redis.call("HMGET", KEYS[5] .. ":" .. who, "streak", "zone")
  rows[#rows + 1] = {place, rank, who, points, redis.call("HGET", KEYS[3], who),
    redis.call("HGET", KEYS[4], who), about[1], about[2]}
end

local function add_range(from, to)
  if to < from then return end
  local found = redis.call("ZREVRANGE", KEYS[1], from, to, "WITHSCORES")
  local rank, last
  for i = 1, #found, 2 do
    local place, points = from + (i - 1) / 2, found[i + 1]
    if points ~= last then rank = last and place + 1 or rank_of(points) end
    last = points
    add(place, rank, found[i], points)
  end
end

local function around(above, below)
  local from = math.max(first, above)
  if from == first + 1 then from = first end  -- one line left out is no shorter than that line
  add_range(from, below)
end

add_range(0, first - 1)
local own, points = "absent", redis.call("ZSCORE", KEYS[1], user)
if points then
  own = "seen"
  local place = redis.call("ZREVRANK", KEYS[1], user)
  around(place - 1, place + 1)
else
  points = redis.call("ZSCORE", KEYS[2], user)
  if points then
    own = "hidden"
    local place = rank_of(points) - 1
    around(place - 1, place)
    add(place, place + 1, user, points)
  end
end
local better = {}
if points then
  local found = redis.call("ZRANGEBYSCORE", KEYS[1], "(" .. points, "+inf", "WITHSCORES",
    "LIMIT", 0, 1)
  if found[2] then better = {found[2] - points, rank_of(found[2])} end
end
return {redis.call("ZCARD", KEYS[1]), rows, own, better}
