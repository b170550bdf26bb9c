-- Which jobs are due: each is lent to one worker until its lease ends, and due again after that.
-- Safe to repeat: jobs lost with a reply come back with the end of their lease.
-- KEYS: due index   ARGV: now in ms, end of the lease in ms, most
-- Returns the jobs, the longest due first
local jobs = redis.call("ZRANGEBYSCORE", KEYS[1], "-inf", ARGV[1], "LIMIT", 0, ARGV[3])
for _, job in ipairs(jobs) do redis.call("ZADD", KEYS[1], ARGV[2], job) end
return jobs
