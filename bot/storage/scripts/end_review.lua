-- A worker is done with a case or a suggestion; if nothing has happened to it meanwhile and nothing
-- is left to do, it is out of the list of work. Safe to repeat.
-- KEYS: case or suggestion, what is in review
-- ARGV: attempt, revision that was looked at, subject of the job, 1 if nothing is left to do
-- Returns 1 if there is more to do
local owner, revision = unpack(redis.call("HMGET", KEYS[1], "worker", "revision"))
if owner == ARGV[1] then redis.call("HDEL", KEYS[1], "worker", "worker_until") end
if revision and (revision ~= ARGV[2] or ARGV[4] ~= "1") then return 1 end
redis.call("SREM", KEYS[2], ARGV[3])
return 0
