-- Give what an answer in a live round earns, once it is closed: what a right answer is worth, without
-- the bonus for speed, and only for the first answer ever to the question.
-- Safe to repeat: the answer remembers that it was done.
-- KEYS: round, answers to the question   ARGV: ledger as of the answer, number
local ledger, number = cjson.decode(ARGV[1]), ARGV[2]
local stands = redis.call("HGET", KEYS[2], ledger.user)
local answer = stands and cjson.decode(stands)
if not answer or answer.earned then return 0 end
local question, worth, slug, track =
  unpack(redis.call("HMGET", KEYS[1], "i:" .. number, "w:" .. number, "slug", "track"))
if not question then return 0 end
local won = earn(ledger, {question = question, slug = slug, track = track, right = answer.right,
  worth = tonumber(worth)}).won
answer.earned = true
redis.call("HSET", KEYS[2], ledger.user, cjson.encode(answer))
return won
