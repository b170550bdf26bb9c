-- Is this news for somebody? Safe to repeat: by the same token it is news again.
--
-- KEYS: what they were told. ARGV: name of the trouble (empty: all is well), token, now in ms,
-- by how many ms a worker may be behind another one, seconds to keep it.
-- Returns: new, known, or too soon.

local NEWS, NAME, TOKEN = KEYS[1], ARGV[1], ARGV[2]
local NOW, LAG = tonumber(ARGV[3]), tonumber(ARGV[4])

local function told(name)
  local kept = redis.call("HGET", NEWS, "told/" .. name) or ""
  local moment, token = string.match(kept, "^(%d+):([^:]*):")
  return tonumber(moment or "0"), token
end

local moment, token = told(NAME)
if token == TOKEN then
  return "new"
end
local latest = redis.call("HGET", NEWS, "latest") or ""
if latest == NAME then
  return "known"
end
if NOW - moment < LAG then
  return "too soon"
end
for _, field in ipairs(redis.call("HKEYS", NEWS)) do
  local name = string.match(field, "^told/(.*)$")
  if name and NOW - told(name) >= LAG then
    redis.call("HDEL", NEWS, field)
  end
end
local kept = ARGV[3] .. ":" .. TOKEN .. ":" .. latest
redis.call("HSET", NEWS, "latest", NAME, "told/" .. NAME, kept)
redis.call("EXPIRE", NEWS, ARGV[5])
return "new"
