-- Whether this attempt, and no other, tells something about what a person wrote: the authors in
-- the thread, or the person how it was settled. Safe to repeat.
-- KEYS: a hash of user to what they wrote   ARGV: user, what is told, attempt, "" or "release"
-- Returns 1 if it does
local written = redis.call("HGET", KEYS[1], ARGV[1])
if not written then return 0 end
local entry = cjson.decode(written)
if entry[ARGV[2]] and entry[ARGV[2]] ~= ARGV[3] then return 0 end
entry[ARGV[2]] = ARGV[4] ~= "release" and ARGV[3] or nil
redis.call("HSET", KEYS[1], ARGV[1], cjson.encode(entry))
return 1
