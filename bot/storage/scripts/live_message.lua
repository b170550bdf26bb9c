-- What became of a message of a live round: a part of other scripts. It lies in the round's hash as
-- JSON: sending (claimed, sent, unknown, refused), at and until in ms (text), ts, attempt.
local function message(round, notice)
  local kept = redis.call("HGET", round, "p:" .. notice)
  return kept and cjson.decode(kept)
end

local function keep_message(round, notice, sent)
  redis.call("HSET", round, "p:" .. notice, cjson.encode(sent))
end

-- It was seen in the channel. The clock of a question starts once.
local function prove(round, notice, ts, now)
  local sent = message(round, notice)
  if not sent or sent.ts ~= "" or ts == "" then return false end
  if sent.sending == "claimed" then sent.at = now end
  sent.sending, sent.ts = "sent", ts
  keep_message(round, notice, sent)
  return true
end
