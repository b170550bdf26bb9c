-- Change or remove a channel's schedule, if it still is what the change was made from.
-- Safe to repeat: a change that was written before is known by its version.
-- KEYS: schedules   ARGV: channel, version it was made from ("" for none), new version,
-- the schedule as JSON ("" removes it)
-- Returns {"saved"} | {"changed", schedule as JSON, or ""}
local kept = redis.call("HGET", KEYS[1], ARGV[1])
local version = kept and cjson.decode(kept).version or ""
if version == ARGV[3] then return {"saved"} end
if version ~= ARGV[2] then return {"changed", kept or ""} end
if ARGV[4] == "" then
  redis.call("HDEL", KEYS[1], ARGV[1])
else
  redis.call("HSET", KEYS[1], ARGV[1], ARGV[4])
end
return {"saved"}
