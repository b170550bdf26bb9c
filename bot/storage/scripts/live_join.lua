-- Take a seat in a live round: quiz/live_moves.py `join`. Safe to repeat.
-- KEYS: round, seats   ARGV: user, seconds to keep the seats
-- Returns {"late"} | {"joined", number of seats}
local phase, number = unpack(redis.call("HMGET", KEYS[1], "phase", "number"))
if not phase or phase == "ending" or phase == "over" then return {"late"} end
local since = phase == "lobby" and 0 or tonumber(number) + 1
redis.call("HSETNX", KEYS[2], ARGV[1], string.format("%d:-1:0:0:0:0", since))
redis.call("EXPIRE", KEYS[2], ARGV[2])
return {"joined", redis.call("HLEN", KEYS[2])}
