-- Open a live round, unless another one is under way in the channel.
-- Safe to repeat: the press is remembered with the round that it opened.
-- KEYS: rounds by channel, once, round, its host
-- ARGV: channel, round id, what the keys of rounds begin with, seconds to keep the press, seconds to
-- keep the round, the host, then fields and values of the round
-- Returns {"opened" | "busy", id}
local channel, id, rounds, keep_press, keep, host = unpack(ARGV)
local opened = redis.call("GET", KEYS[2])
if opened then return {"opened", opened} end

local other = redis.call("HGET", KEYS[1], channel)
local phase = other and redis.call("HGET", rounds .. ":" .. other, "phase")
if phase and phase ~= "over" then return {"busy", other} end

redis.call("SET", KEYS[2], id, "EX", keep_press)
redis.call("HSET", KEYS[1], channel, id)
redis.call("HSET", KEYS[3], unpack(ARGV, 7))
redis.call("EXPIRE", KEYS[3], keep)
redis.call("SADD", KEYS[4], host)
redis.call("EXPIRE", KEYS[4], keep)
return {"opened", id}
