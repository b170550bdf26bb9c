-- Begin all boards of a place anew. Safe to repeat. Answers given before are not on them any more,
-- which is told from how often that was done.
-- KEYS: boards, beginnings of the keys of boards, shades and tallies, resets   ARGV: place
redis.call("HINCRBY", KEYS[5], ARGV[1], 1)
for _, name in ipairs(redis.call("ZRANGE", KEYS[1], 0, -1)) do
  local place = string.match(name, "^[^:]*:([^:]*):")
  if place == ARGV[1] then
    for i = 2, 4 do redis.call("DEL", KEYS[i] .. ":" .. name) end
    redis.call("ZREM", KEYS[1], name)
  end
end
return 1
