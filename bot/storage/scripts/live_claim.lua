-- Who posts a message of a live round: whoever comes first, and nobody after them.
-- Safe to repeat: the attempt that has the claim keeps it.
-- KEYS: round   ARGV: turn, notice, attempt, now in ms, deadline in ms
-- Returns 1, or 0 when somebody else has claimed it or the round is something else by now
local turn, notice, attempt, now, deadline = unpack(ARGV)
local sent = message(KEYS[1], notice)
if sent then return sent.attempt == attempt and sent.sending == "claimed" and 1 or 0 end
if redis.call("HGET", KEYS[1], "turn") ~= turn then return 0 end
keep_message(KEYS[1], notice,
  {sending = "claimed", at = now, ["until"] = deadline, ts = "", attempt = attempt})
return 1
