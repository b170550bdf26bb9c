-- Take over what Slack lists about people who have been here; of others nothing is kept, nor of
-- those who asked to be forgotten. Safe to repeat.
-- KEYS: names   ARGV: pairs of user and listed name
for i = 1, #ARGV, 2 do
  if redis.call("HEXISTS", KEYS[1], ARGV[i]) == 1 then
    redis.call("HSET", KEYS[1], ARGV[i], ARGV[i + 1])
  end
end
return 1
