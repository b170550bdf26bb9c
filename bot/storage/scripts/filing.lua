-- How much a person may send to the authors: a part of other scripts.
-- Returns "again" for a press that was counted before, "enough" and the ms at which there is room
-- again, or "yes", after which it is counted.
local function file(filings, attempt, now, most, window)
  if redis.call("ZSCORE", filings, attempt) then return "again" end
  local since = string.format("%.0f", tonumber(now) - window)
  if redis.call("ZCOUNT", filings, "(" .. since, "+inf") >= most then
    local first = redis.call("ZRANGEBYSCORE", filings, "(" .. since, "+inf", "WITHSCORES",
      "LIMIT", 0, 1)
    return "enough", tonumber(first[2]) + window
  end
  redis.call("ZADD", filings, now, attempt)
  redis.call("ZREMRANGEBYSCORE", filings, "-inf", since)
  redis.call("PEXPIRE", filings, window)
  return "yes"
end
