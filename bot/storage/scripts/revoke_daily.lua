-- Take back what an answer to a withdrawn question has earned.
-- Safe to repeat: the answer remembers that it was done.
-- KEYS as in fate.lua   ARGV: ledger as of the answer
-- Returns the points taken back
local ledger = cjson.decode(ARGV[1])
local stands = redis.call("HGET", ANSWERS, ledger.user)
local state, question, slug, track = read("state", "i", "slug", "track")
if not stands or state ~= "voided" then return 0 end
local answer = cjson.decode(stands)
if answer.revoked then return 0 end
local taken = 0
if answer.first then
  ledger.windows = answer.windows
  taken = revoke(ledger, {question = question, slug = slug, track = track})
end
answer.revoked, answer.points = true, 0
redis.call("HSET", ANSWERS, ledger.user, cjson.encode(answer))
return taken
