-- What is too old goes, by the moment that a server hands in. Keys as in log.lua.

-- Entries that go with one call, at the most.
local SWEPT_MAX = 100

-- Drops entries from before `since`. The meta of a room that is empty stays for as long again: it
-- knows how far the log went, so that a client hears what is gone instead of a new epoch (SPEC O3).
-- ARGS  1 since (ms; 0: nothing goes)  2 age (ms)
-- Gives {entries that went, 1 if there may be more, the last entry's time (ms, text; '0': none)}
local function sweep(keys, args)
  local since, age = tonumber(args[1]), tonumber(args[2])
  local room = state_of(keys)
  if not room.epoch then return { 0, 0, '0' } end
  if room.length == 0 then
    local emptied_at = room.emptied == room.head and redis.call('HGET', keys[1], 'emptied_at')
    if emptied_at and since > tonumber(emptied_at) then redis.call('DEL', unpack(keys)) end
    return { 0, 0, '0' }
  end
  local count, gone = drop_oldest(keys, SWEPT_MAX, function(_, entry)
    return tonumber(entry[2][4]) < since
  end)
  local last = redis.call('XREVRANGE', keys[2], '+', '-', 'COUNT', 1)[1]
  if last then return { count, count == SWEPT_MAX and 1 or 0, last[2][4] } end
  -- Nothing is left at all; if it was not the head that went last, more was lost (see open).
  redis.call('DEL', keys[2], keys[3])
  local emptied_at = string.format('%d', since + age)
  redis.call('HSET', keys[1], 'emptied', string.format('%d', gone), 'emptied_at', emptied_at)
  return { count, 0, '0' }
end
