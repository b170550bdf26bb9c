-- What an answer earns and where it counts, in one place: a part of other scripts, which name it in
-- Script(name, uses=("earn", ...)).
--   local earning = earn(ledger, answer)    what any answer brings: {first, won}; also keeps what
--                                           was missed, to be asked again
--   revoke(ledger, answer)                  takes back what earn gave; see below
--   regrade(ledger, answer, turns)          moves what it gave by a corrected key; see below
-- `ledger` comes packed from storage/ledger.py: cjson.decode(ARGV[n]). It says who, when, and where
-- it counts: places ("ws" and channels) and windows ({name, seconds to keep it; 0 for ever}).
-- `answer` is {question, slug, track, right (boolean), worth (a whole number, for a right answer),
-- hinted (true if it was given after a look at the hint: quiz/scoring.py `points`)}.
-- A question answered before, right or wrong, in whatever channel, earns nothing anywhere: so
-- both functions may be called again. Boards are keyed by window, place and topic, and the topic is
-- known here only; all their keys share the workspace's hash tag and are named in storage/keys.py.
local REVIEWED = 500  -- so many missed questions wait to be asked again, at most
local COMPARED = 5  -- first answers before which nobody is compared: quiz/item.py LEAST_BEFORE
local UNIT = 1048576  -- a tally is answered * 2^20 + right: one number, one HINCRBY

local function each_board(ledger, answer, visit)
  local topics = {""}
  if answer.track and answer.track ~= "" then topics[2] = answer.track end
  for _, window in ipairs(ledger.windows) do
    for _, place in ipairs(ledger.places) do
      for _, topic in ipairs(topics) do
        visit(window[1] .. ":" .. place .. ":" .. topic, window[2])
      end
    end
  end
end

local function kept_for(key, seconds)
  if seconds > 0 then redis.call("EXPIRE", key, seconds) end
end

-- People who do not want to be seen, or have left, count in the shade of a board.
local function board_of(ledger)
  local unseen = redis.call("HMGET", ledger.person, "hidden", "gone")
  return (unseen[1] or unseen[2]) and ledger.shade or ledger.board
end

-- A missed question waits to be asked again until it is answered right, wherever that happens; of
-- too many the longest waiting go.
local function keep_for_review(ledger, answer)
  if answer.right then return redis.call("ZREM", ledger.review, answer.question) end
  redis.call("ZADD", ledger.review, ledger.now, answer.question)
  redis.call("ZREMRANGEBYRANK", ledger.review, 0, -REVIEWED - 1)
end

-- What a first answer says about the question: storage/items.py. `item` is its key, the names of
-- the options that were picked, and for how many seconds it is kept; nil where that is not known.
local function count_item(ledger, answer)
  local item = ledger.item
  if not item then return end
  redis.call("HINCRBY", item.key, "answered", 1)
  if answer.right then redis.call("HINCRBY", item.key, "right", 1) end
  for _, name in ipairs(item.picks) do redis.call("HINCRBY", item.key, "p:" .. name, 1) end
  redis.call("EXPIRE", item.key, item.keep)
  local answered, right = unpack(redis.call("HMGET", ledger.progress, "answered", "right"))
  if tonumber(answered or 0) < COMPARED then return end
  local share = math.floor(1000 * tonumber(right or 0) / tonumber(answered))
  redis.call("HINCRBY", item.key, "n", 1)
  redis.call("HINCRBY", item.key, "y", share)
  redis.call("HINCRBY", item.key, "yy", share * share)
  if answer.right then
    redis.call("HINCRBY", item.key, "x", 1)
    redis.call("HINCRBY", item.key, "xy", share)
  end
end

-- How often the boards of each place had begun anew.
local function turns_of(ledger)
  local turns = redis.call("HMGET", ledger.resets, unpack(ledger.places))
  for i, turn in ipairs(turns) do turns[i] = tonumber(turn or 0) end
  return turns
end

-- What a first answer was, by its content, to be marked again if the key is corrected:
-- storage/regrades.py. One by another key than the one that counts is marked again soon.
local function keep_given(ledger, answer)
  local given = ledger.given
  if not given then return end
  redis.call("HSET", ledger.to .. ":" .. answer.question, ledger.user, cjson.encode({
    r = answer.right, w = answer.worth, h = answer.hinted or nil, o = given.one or nil,
    c = given.picks, f = given.typed, d = ledger.windows[1][1], s = answer.slug, t = answer.track or "",
    p = ledger.places, n = turns_of(ledger)}))
  local version = redis.call("HGET", ledger.keys, answer.question)
  if version and version ~= given.version then
    redis.call("HINCRBY", ledger.regrading, answer.question, 1)
  end
end

local function worth_of(answer)
  local won = answer.right and answer.worth or 0
  return answer.hinted and math.floor(won / 2) or won
end

local function earn(ledger, answer)
  local won = worth_of(answer)
  local first = string.format("%d:%d:%s", answer.right and 1 or 0, won, ledger.now)
  -- A full server refuses a script at its first write only, and never a removal.
  local is_first = redis.call("HSETNX", ledger.firsts, answer.question, first) == 1
  keep_for_review(ledger, answer)
  if not is_first then return {first = false, won = 0} end
  redis.call("SREM", ledger.hints, answer.question)
  count_item(ledger, answer)
  keep_given(ledger, answer)
  redis.call("HINCRBY", ledger.progress, "answered", 1)
  redis.call("HINCRBY", ledger.progress, "answered/" .. answer.slug, 1)
  if answer.right then
    redis.call("HINCRBY", ledger.progress, "right", 1)
    redis.call("HINCRBY", ledger.progress, "right/" .. answer.slug, 1)
    redis.call("HINCRBY", ledger.progress, "points", won)
  end
  local board = board_of(ledger)
  each_board(ledger, answer, function(name, seconds)
    local points, tally = board .. ":" .. name, ledger.tally .. ":" .. name
    redis.call("ZINCRBY", points, won, ledger.user)
    local more = UNIT + (answer.right and 1 or 0)
    local is_new = redis.call("HINCRBY", tally, ledger.user, more) == more
    if redis.call("ZCARD", points) == 1 then
      kept_for(points, seconds)
      local until_ms = seconds > 0 and tonumber(ledger.now) + 1000 * seconds
      redis.call("ZADD", ledger.boards, until_ms or "+inf", name)
    end
    if is_new and redis.call("HLEN", tally) == 1 then kept_for(tally, seconds) end
  end)
  return {first = true, won = won}
end

-- For a question that should not have been asked: `ledger` as it was for the answer (its moment and
-- its places), `answer` as it was given to earn. Points and counts go, boards that are over stay
-- over, and the first answer stays with 0 points, so that nobody earns with the question again.
-- Returns the points taken back: 0 when there are none left, so that it may be repeated.
local function revoke(ledger, answer)
  local stands = redis.call("HGET", ledger.firsts, answer.question)
  local right, won, moment = string.match(stands or "", "^([01]):(%d+):(%d+)$")
  if not right then return 0 end  -- unknown, or revoked before
  redis.call("HSET", ledger.firsts, answer.question, right .. ":0:" .. moment .. ":void")
  redis.call("ZREM", ledger.review, answer.question)
  redis.call("HINCRBY", ledger.progress, "answered", -1)
  redis.call("HINCRBY", ledger.progress, "answered/" .. answer.slug, -1)
  if right == "1" then
    redis.call("HINCRBY", ledger.progress, "right", -1)
    redis.call("HINCRBY", ledger.progress, "right/" .. answer.slug, -1)
    redis.call("HINCRBY", ledger.progress, "points", -won)
  end
  local board = board_of(ledger)
  each_board(ledger, answer, function(name)
    local points, tally = board .. ":" .. name, ledger.tally .. ":" .. name
    local counted = tonumber(redis.call("HGET", tally, ledger.user) or 0)
    if counted < 2 * UNIT then
      redis.call("ZREM", points, ledger.user)
      redis.call("HDEL", tally, ledger.user)
    else
      redis.call("ZINCRBY", points, -won, ledger.user)
      redis.call("HINCRBY", tally, ledger.user, -UNIT - tonumber(right))
    end
  end)
  return tonumber(won)
end

-- For an answer that another key judges otherwise: `answer` as it was given to earn, but for `right`;
-- `ledger` with the places and windows of then, and `turns` how often those places had begun anew
-- then. Exactly the difference moves, on boards that still have the answer; it stays answered.
-- Returns true, or false for an answer that counts so already, was revoked or is unknown.
local function regrade(ledger, answer, turns)
  local stands = redis.call("HGET", ledger.firsts, answer.question)
  local right, won, moment = string.match(stands or "", "^([01]):(%d+):(%d+)$")
  if not right or (right == "1") == answer.right then return false end
  local earned, step = worth_of(answer), answer.right and 1 or -1
  local more = earned - won
  redis.call("HSET", ledger.firsts, answer.question,
    string.format("%d:%d:%s", answer.right and 1 or 0, earned, moment))
  ledger.now = moment
  keep_for_review(ledger, answer)
  redis.call("HINCRBY", ledger.progress, "right", step)
  redis.call("HINCRBY", ledger.progress, "right/" .. answer.slug, step)
  redis.call("HINCRBY", ledger.progress, "points", more)
  local places = {}
  for i, turn in ipairs(turns_of(ledger)) do
    if turn == turns[i] then places[#places + 1] = ledger.places[i] end
  end
  ledger.places = places
  local board = board_of(ledger)
  each_board(ledger, answer, function(name)
    local points, tally = board .. ":" .. name, ledger.tally .. ":" .. name
    if redis.call("ZSCORE", points, ledger.user)
        and redis.call("HEXISTS", tally, ledger.user) == 1 then
      redis.call("ZINCRBY", points, more, ledger.user)
      redis.call("HINCRBY", tally, ledger.user, step)
    end
  end)
  return true
end
