-- Whose answer stands, is it right, what does it earn: quiz/session.py `Session.answer`.
-- Safe to repeat: an answer keeps the id of the press that gave it, so that a press delivered
-- again gets its own outcome and not "already answered".
-- KEYS: session, firsts, progress, result; boards besides them, see earn.lua
-- ARGV: session id, question number, attempt, the answer as given (JSON), the answer as judged
-- (JSON list: sorted option numbers, or normalised texts), now in ms, seconds to keep, the ledger
-- Returns {"stale", state, title, place, total} of the session that is kept, if any
--      or {"recorded" | "already", answer (JSON), question, and the fields of META}
local META = {"slug", "title", "level", "queue", "total", "answered", "right", "points",
  "state", "practice"}
local PERFECT_RUN = 10  -- questions, as quiz/badges.py says
local number, attempt = ARGV[2], ARGV[3]

local function field(name) return redis.call("HGET", KEYS[1], name) end

local function outcome(status)
  local found = redis.call("HMGET", KEYS[1], "a:" .. number, "q:" .. number, unpack(META))
  redis.call("EXPIRE", KEYS[1], ARGV[7])
  return {status, unpack(found)}
end

local function is_possible(key, given)
  if key.blanks then return #given == #key.blanks and type(given[1]) == "string" end
  if #given < 1 or (key.single and #given > 1) then return false end
  for _, option in ipairs(given) do
    if type(option) ~= "number" or option < 0 or option >= key.options then return false end
  end
  return true
end

local function fills(answers, text)
  for _, answer in ipairs(answers) do
    if answer == text then return true end
  end
  return false
end

local function is_right(key, given)
  if key.blanks then
    for i, answers in ipairs(key.blanks) do
      if not fills(answers, given[i]) then return false end
    end
    return true
  end
  if #given ~= #key.right then return false end
  for i, option in ipairs(key.right) do
    if given[i] ~= option then return false end
  end
  return true
end

local function stale()
  local state, title, queue, total = unpack(
    redis.call("HMGET", KEYS[1], "state", "title", "queue", "total"))
  local place = 1
  for n in string.gmatch(queue or "", "%d+") do
    if redis.call("HEXISTS", KEYS[1], "a:" .. n) == 0 then break end
    place = place + 1
  end
  return {"stale", state, title, place, total}
end

local id, state, stands, kept, hint, question, slug, track, worth, total = unpack(
  redis.call("HMGET", KEYS[1], "id", "state", "a:" .. number, "k:" .. number, "h:" .. number,
    "i:" .. number, "slug", "track", "w:" .. number, "total"))
if id ~= ARGV[1] or not kept then return stale() end
if stands then
  return outcome(cjson.decode(stands).attempt == attempt and "recorded" or "already")
end
local key, given = cjson.decode(kept), cjson.decode(ARGV[5])
if state ~= "open" or not is_possible(key, given) then return stale() end

local right = is_right(key, given)
local ledger = cjson.decode(ARGV[8])
-- The second: in a channel, since this session began.
local hinted = hint and true
  or key.hint == true and redis.call("SISMEMBER", ledger.hints, question) == 1
if key.item then
  local picks = {}
  for i, option in ipairs(key.names and given or {}) do picks[i] = key.names[option + 1] end
  ledger.item = {key = ledger.items .. ":" .. key.item, keep = ledger.keep_item, picks = picks}
end
if key.version then
  ledger.given = {version = key.version, one = key.single}
  if key.blanks then ledger.given.typed = given else ledger.given.picks = ledger.item.picks end
end
local won = earn(ledger, {question = question, slug = slug, track = track,
  right = right, worth = tonumber(worth), hinted = hinted}).won
keep_streak(ledger)
redis.call("HSET", KEYS[1], "a:" .. number, cjson.encode(
  {right = right, points = won, attempt = attempt, given = ARGV[4], hinted = hinted}))
redis.call("HINCRBY", KEYS[1], "points", won)
local score = redis.call("HINCRBY", KEYS[1], "right", right and 1 or 0)
local answered = redis.call("HINCRBY", KEYS[1], "answered", 1)

if answered == tonumber(total) then
  redis.call("HSET", KEYS[1], "state", "done", "finished", ARGV[6])
  local missed = {}
  for n in string.gmatch(field("queue"), "%d+") do
    if not cjson.decode(field("a:" .. n)).right then missed[#missed + 1] = field("i:" .. n) end
  end
  local practice = field("practice")
  if practice == "0" then
    local last = "last/" .. total .. "/" .. slug
    local previous = redis.call("HGET", KEYS[3], last)
    if previous then redis.call("HSET", KEYS[1], "previous", previous) end
    redis.call("HSET", KEYS[3], last, score)
    redis.call("HINCRBY", KEYS[3], "runs", 1)
    if score == tonumber(total) and score >= PERFECT_RUN then
      redis.call("HINCRBY", KEYS[3], "perfect", 1)
    end
  end
  redis.call("HSET", KEYS[4], "slug", slug, "title", field("title"), "level", field("level"),
    "right", score, "total", total, "practice", practice, "missed", table.concat(missed, " "))
  redis.call("EXPIRE", KEYS[4], ARGV[7])
end
return outcome("recorded")
