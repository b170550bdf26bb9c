-- What an answer earns and where it counts, in one place: a part of other scripts, which name it in
-- Script(name, uses=("earn", ...)).
--   local earning = earn(ledger, answer)    what any answer brings: {first, won}; also keeps what
--                                           was missed, to be asked again
--   revoke(ledger, answer)                  takes back what earn gave; see below
-- `ledger` comes packed from storage/ledger.py: cjson.decode(ARGV[n]). It says who, when, and where
-- it counts: places ("ws" and channels) and windows ({name, seconds to keep it; 0 for ever}).
-- `answer` is {question, slug, track, right (boolean), worth (a number, for a right answer)}.
-- A question answered before, right or wrong, in whatever channel, earns nothing anywhere: so
-- both functions may be called again. Boards are keyed by window, place and topic, and the topic is
-- known here only; all their keys share the workspace's hash tag and are named in storage/keys.py.
local REVIEWED = 500  -- so many missed questions wait to be asked again, at most
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

local function earn(ledger, answer)
  local won = answer.right and answer.worth or 0
  local first = string.format("%d:%d:%s", answer.right and 1 or 0, won, ledger.now)
  -- A full server refuses a script at its first write only, and never a removal.
  local is_first = redis.call("HSETNX", ledger.firsts, answer.question, first) == 1
  keep_for_review(ledger, answer)
  if not is_first then return {first = false, won = 0} end
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
    redis.call("HINCRBY", tally, ledger.user, UNIT + (answer.right and 1 or 0))
    if redis.call("ZCARD", points) == 1 then
      kept_for(points, seconds)
      local until_ms = seconds > 0 and tonumber(ledger.now) + 1000 * seconds
      redis.call("ZADD", ledger.boards, until_ms or "+inf", name)
    end
    if redis.call("HLEN", tally) == 1 then kept_for(tally, seconds) end
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
