-- Whose answer to a channel's question stands, and what it earns. What it earns is given at once
-- where people are told at once, else at the close: boards would give it away.
-- Safe to repeat: an answer keeps the id of the press that gave it.
-- KEYS as in fate.lua, then what people of the channel know, and who took the hint
-- ARGV: ledger, attempt, question, the answer as given (JSON), 1 if it is right, now in ms, the
-- timestamp of the message or "", seconds to keep, 1 if it has a hint, numbers of the chosen options
-- Returns {"gone"} | {"late", proved} | {"recorded" | "already", proved, answer (JSON), points of
-- the person in this week}
local ledger, attempt, question, given = cjson.decode(ARGV[1]), ARGV[2], ARGV[3], ARGV[4]
local right, now, ts, keep = ARGV[5] == "1", ARGV[6], ARGV[7], ARGV[8]
if read("i") ~= question or is_gone() then return {"gone"} end
local proved = prove(ts, now) and 1 or 0
local instant, slug, worth, track = read("instant", "slug", "w", "track")

local function outcome(status)
  local week = ledger.windows[2][1] .. ":ws:"
  local points = redis.call("ZSCORE", board_of(ledger) .. ":" .. week, ledger.user)
  return {status, proved, redis.call("HGET", ANSWERS, ledger.user), tonumber(points or 0)}
end

local stands = redis.call("HGET", ANSWERS, ledger.user)
if stands and cjson.decode(stands).attempt == attempt then return outcome("recorded") end
if not is_open(now) then return {"late", proved} end
if stands then return outcome("already") end

local hinted = redis.call("SISMEMBER", KEYS[10], ledger.user) == 1
  or ARGV[9] == "1" and redis.call("SISMEMBER", ledger.hints, question) == 1  -- taken elsewhere
local answer = {given = given, points = 0, attempt = attempt, ms = now, hinted = hinted}
if instant == "1" then answer.right = right end  -- a person may read all that is kept about them
redis.call("HSET", ANSWERS, ledger.user, cjson.encode(answer))
redis.call("EXPIRE", ANSWERS, keep)
redis.call("HINCRBY", OCC, "answered", 1)
redis.call("HINCRBY", KEYS[9], "answered/" .. slug, 1)
if right then
  redis.call("HINCRBY", OCC, "right", 1)
  redis.call("HINCRBY", KEYS[9], "right/" .. slug, 1)
end
for i = 10, #ARGV do redis.call("HINCRBY", OCC, "o:" .. ARGV[i], 1) end
keep_streak(ledger)
if instant == "1" then award(ledger, answer, question, tonumber(worth), track) end
return outcome("recorded")
