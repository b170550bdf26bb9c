-- A question that somebody suggests. Safe to repeat: a press that was counted before is kept once.
-- KEYS: suggestion, who suggested what, filings, what is in review
-- ARGV: user, attempt, what was suggested (JSON), now in ms, most filings, their window in ms, slug,
-- subject of the job
-- Returns {"suggested"} | {"enough", ms at which the person may again}
local user, attempt, wish, now, most, window, slug, subject = unpack(ARGV)
local said, until_when = file(KEYS[3], attempt, now, tonumber(most), tonumber(window))
if said == "enough" then return {"enough", string.format("%.0f", until_when)} end
if said == "again" then return {"suggested"} end
redis.call("HSET", KEYS[1], "slug", slug, "revision", 1)
redis.call("HSET", KEYS[2], user, wish)
redis.call("SADD", KEYS[4], subject)
return {"suggested"}
