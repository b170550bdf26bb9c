-- Give what an answer earns, at the close.
-- Safe to repeat: the answer remembers that it was done.
-- KEYS as in fate.lua   ARGV: ledger as of the answer, 1 if it is right
-- Returns the points
local ledger = cjson.decode(ARGV[1])
local stands = redis.call("HGET", ANSWERS, ledger.user)
local state, question, worth, track = read("state", "i", "w", "track")
if not stands or state ~= "closing" then return 0 end
local answer = cjson.decode(stands)
answer.right = ARGV[2] == "1"
if not answer.earned then award(ledger, answer, question, tonumber(worth), track) end
return answer.points
