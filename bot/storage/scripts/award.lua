-- What an answer to a channel's question earns, kept with the answer: a part of other scripts, after
-- earn.lua and fate.lua. The windows are kept too: whoever takes the points back finds their boards.
local function award(ledger, answer, question, worth, track)
  local slug = read("slug")
  local earned = earn(ledger, {question = question, slug = slug, track = track,
    right = answer.right, worth = worth, hinted = answer.hinted})
  answer.first, answer.points, answer.earned = earned.first, earned.won, true
  if earned.first then answer.windows = ledger.windows end
  redis.call("HSET", ANSWERS, ledger.user, cjson.encode(answer))
end
