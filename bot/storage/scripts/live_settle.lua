-- What Slack made of a message of a live round, told by the attempt that sent it; or that nobody
-- knows, told by whoever finds the claim too old. Safe to repeat, and it may come late.
-- KEYS: round
-- ARGV: notice, attempt or "" for whichever, outcome (sent, unknown, refused, released), now in ms, ts
local notice, attempt, outcome, now, ts = unpack(ARGV)
local sent = message(KEYS[1], notice)
if not sent or (attempt ~= "" and sent.attempt ~= attempt) then return 0 end
if attempt == "" and tonumber(now) < tonumber(sent["until"]) then return 0 end
if outcome == "sent" then
  prove(KEYS[1], notice, ts, now)
elseif outcome == "unknown" and sent.sending == "claimed" then
  sent.sending, sent.at = "unknown", now
  keep_message(KEYS[1], notice, sent)
elseif outcome == "released" and sent.sending == "claimed" then
  redis.call("HDEL", KEYS[1], "p:" .. notice)
elseif outcome == "refused" and sent.ts == "" then
  sent.sending = "refused"
  keep_message(KEYS[1], notice, sent)
end
return 1
