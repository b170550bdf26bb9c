-- Mark first answers to a question again, some at a time.
-- Safe to repeat, and beside other workers: an answer that is not as it was read stays as it is.
-- KEYS: keys of questions, corrections, first answers to the question
-- ARGV: question, version, now in ms, list of {user, kept, right, firsts, progress, review, person,
-- windows} (JSON), and what all of these ledgers have besides
-- Returns 1, or 0 when answers count by another key by now
local question, version, now = unpack(ARGV)
local answers, shared = cjson.decode(ARGV[4]), cjson.decode(ARGV[5])
if redis.call("HGET", KEYS[1], question) ~= version then return 0 end
local marked = 0
for _, ledger in ipairs(answers) do
  if redis.call("HGET", KEYS[3], ledger.user) == ledger.kept then
    local kept = cjson.decode(ledger.kept)
    kept.r = ledger.right
    redis.call("HSET", KEYS[3], ledger.user, cjson.encode(kept))
    for name, value in pairs(shared) do ledger[name] = value end
    ledger.places = kept.p
    local answer = {question = question, slug = kept.s, track = kept.t, right = kept.r,
      worth = kept.w, hinted = kept.h}
    if regrade(ledger, answer, kept.n) then marked = marked + 1 end
  end
end
if marked > 0 and redis.call("HEXISTS", KEYS[2], "k:" .. question) == 1 then
  redis.call("HINCRBY", KEYS[2], "n:" .. question, marked)
  redis.call("HSETNX", KEYS[2], "t:" .. question, now)
end
return 1
