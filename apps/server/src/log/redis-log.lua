-- The log of a room, as scripts of Redis: each runs alone and from beginning to end.
--
-- KEYS  1 meta   hash: epoch, head (the last seq), until (when the log expires), lineage
--       2 log    stream: an entry at `seq-0`, with the fields id, at and entry (JSON)
--       3 ids    hash: the index (redis-index.lua)
--
-- A script of Redis is not rolled back: each checks first and writes then.

-- How long the epoch of a room that nobody wrote to is kept after its last reading, in ms: codes
-- that were only guessed leave nothing behind.
local EMPTY_ROOM_MS = 3600000
-- Entries that grow too old and go with one append, at the most.
local AGED_MAX = 8
-- Entries beyond the room's limit that go with one append, at the most.
local SURPLUS_MAX = 500

local function now_ms()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end

-- Names the server that the data grew on, and tells whether it was promoted from a replica.
local function lineage()
  local info = redis.call('INFO', 'replication')
  local former = string.match(info, 'master_replid2:(%x+)') or '0'
  return string.match(info, 'master_replid:(%x+)') or '', string.find(former, '[^0]') ~= nil
end

local function seq_of(entry)
  return tonumber(string.match(entry[1], '^%d+'))
end

local function entry_at(keys, seq)
  local id = string.format('%d-0', seq)
  return redis.call('XRANGE', keys[2], id, id)[1]
end

-- Makes the index anew from the log, where one was lost without the other.
local function reindex(keys)
  redis.call('DEL', keys[3])
  for _, entry in ipairs(redis.call('XRANGE', keys[2], '-', '+')) do
    local said = cjson.decode(entry[2][6])
    local kind = said.type == 'chat' and 'c' or 'o'
    add_to_index(keys[3], entry[2][2], seq_of(entry), kind, said.payload.from.id)
  end
end

-- Gives a room whose past cannot be trusted a new epoch, and goes on from what is there.
local function start_anew(keys, room)
  local last = redis.call('XREVRANGE', keys[2], '+', '-', 'COUNT', 1)[1]
  if not last then redis.call('DEL', keys[2]) end
  room.head = last and seq_of(last) or 0
  room.ends = 0
  reindex(keys)
  redis.call('DEL', keys[1])
  redis.call('HSET', keys[1], 'epoch', room.epoch, 'head', room.head, 'lineage', room.lineage)
end

-- Whether a log lacks the entry that the caller knows as its last, or has another one there.
local function has_other_past(keys, room, known_head, known_tail)
  if room.head < known_head then return true end
  local entry = known_tail ~= '' and entry_at(keys, known_head)
  return entry and entry[2][4] .. ' ' .. entry[2][2] ~= known_tail
end

-- Reads where a room stands. Its epoch is a new one (`fresh`) where there is none; where the log
-- or its index was lost; where a replica was promoted, which may lack the last entries; and where
-- the caller knows entries of this epoch that are no longer there.
-- ARGS  1 fresh epoch  2 known epoch  3 known head  4 known tail: what tells the entry at the head
local function open(keys, args)
  local fresh, known_epoch, known_head, known_tail = unpack(args, 1, 4)
  local epoch, head, ends, grown_on =
    unpack(redis.call('HMGET', keys[1], 'epoch', 'head', 'until', 'lineage'))
  local id, promoted = lineage()
  local room = { epoch = epoch, head = tonumber(head or 0), ends = tonumber(ends or 0), lineage = id }
  room.length = redis.call('XLEN', keys[2])
  local lost
  if room.length > 0 then lost = redis.call('EXISTS', keys[3]) == 0
  else lost = room.head > 0 and (room.ends == 0 or now_ms() < room.ends) end
  local rolled_back = (grown_on ~= id and promoted)
    or (epoch == known_epoch and has_other_past(keys, room, tonumber(known_head), known_tail))
  if not epoch or lost or rolled_back then
    room.epoch = fresh
    start_anew(keys, room)
  elseif grown_on ~= id then
    redis.call('HSET', keys[1], 'lineage', id)
  end
  if room.head == 0 then redis.call('PEXPIRE', keys[1], EMPTY_ROOM_MS) end
  return room
end

-- Drops the oldest entries: those beyond `keep` (0: none), and those from before `since`. The last
-- one stays: it goes when the whole log expires, so that an empty log is one that was lost.
local function trim(keys, length, keep, since)
  local surplus = keep > 0 and math.min(length - keep, SURPLUS_MAX) or 0
  local function is_due(index, entry)
    return index < length and (index <= surplus or tonumber(entry[2][4]) < since)
  end
  local oldest = redis.call('XRANGE', keys[2], '-', '+', 'COUNT', 1)
  if not oldest[1] or not is_due(1, oldest[1]) then return end
  oldest = redis.call('XRANGE', keys[2], '-', '+', 'COUNT', math.max(surplus, AGED_MAX))
  local gone
  for index, entry in ipairs(oldest) do
    if not is_due(index, entry) then break end
    gone = seq_of(entry)
    remove_from_index(keys[3], entry[2][2], gone, entry[2][6])
  end
  redis.call('XTRIM', keys[2], 'MINID', string.format('%d-0', gone + 1))
end

-- Lets a room go by itself once its youngest entry is too old. Put off in steps of a hundredth,
-- so that not every append writes three dates. Meta stays longer: it knows how far the log went.
local function put_off_end(keys, room, age, now)
  if age == 0 then
    if room.ends == 0 and room.head > 0 then return end
    for _, key in ipairs(keys) do redis.call('PERSIST', key) end
    redis.call('HDEL', keys[1], 'until')
  elseif room.ends < now + age then
    local ends = math.floor(now + age + age / 100)
    redis.call('HSET', keys[1], 'until', string.format('%d', ends))
    redis.call('PEXPIREAT', keys[1], string.format('%d', ends + age))
    redis.call('PEXPIREAT', keys[2], string.format('%d', ends))
    redis.call('PEXPIREAT', keys[3], string.format('%d', ends))
  end
end

-- ARGS  1 to 4 as of open  5 id  6 author  7 kind  8 at (ms)  9 entry
--       10 keep (entries, 0: all)  11 age (ms, 0: for good)
--       12 channel to tell at once, or '' where whoever calls waits for replicas first
-- Gives {'new', epoch, seq}, or {'known', epoch, seq, entry} where this author's id is there.
local function append(keys, args)
  local room = open(keys, args)
  local id, author, kind, at, entry, keep, age, channel = unpack(args, 5, 12)
  local known = seq_by_author(keys[3], id, author)
  local found = known and entry_at(keys, known)
  if found then
    -- Replicas are waited for up to the last write of a connection: this makes one.
    if channel == '' then redis.call('HINCRBY', keys[1], 'repeats', 1) end
    return { 'known', room.epoch, known, found[2][6] }
  end
  local seq = room.head + 1
  local now, age = now_ms(), tonumber(age)
  redis.call('XADD', keys[2], string.format('%d-0', seq), 'id', id, 'at', at, 'entry', entry)
  add_to_index(keys[3], id, seq, kind, author)
  redis.call('HSET', keys[1], 'head', string.format('%d', seq))
  put_off_end(keys, room, age, now)
  trim(keys, room.length + 1, tonumber(keep), age > 0 and now - age or 0)
  if channel ~= '' then
    redis.call('SPUBLISH', channel, string.format('e %s %d %s', room.epoch, seq, entry))
  end
  return { 'new', room.epoch, seq }
end

-- ARGS  1 to 4 as of open
--       5 where the range starts, as XRANGE reads it  6 'up' or 'down' from there  7 limit
-- Gives {epoch, head, first, seq, entry, seq, entry, ...}, oldest first.
local function read(keys, args)
  local room = open(keys, args)
  local start, direction, limit = unpack(args, 5, 7)
  local oldest = redis.call('XRANGE', keys[2], '-', '+', 'COUNT', 1)[1]
  local page = { room.epoch, room.head, oldest and seq_of(oldest) or room.head + 1 }
  if limit == '0' then return page end
  local up = direction == 'up'
  local found = up and redis.call('XRANGE', keys[2], start, '+', 'COUNT', limit)
    or redis.call('XREVRANGE', keys[2], start, '-', 'COUNT', limit)
  for index = 1, #found do
    local entry = found[up and index or #found + 1 - index]
    page[#page + 1] = seq_of(entry)
    page[#page + 1] = entry[2][6]
  end
  return page
end

-- ARGS  1 id  2 author, or '' for any  3 'chat', or 'any' for every kind
-- Gives {seq, entry} of the first such entry, or nothing.
local function find(keys, args)
  local of_any_kind = args[3] == 'any'
  local seq, kind
  if args[2] == '' then seq = first_seq(keys[3], args[1], of_any_kind)
  else seq, kind = seq_by_author(keys[3], args[1], args[2]) end
  if not seq or (kind == 'o' and not of_any_kind) then return {} end
  local found = entry_at(keys, seq)
  return found and { seq, found[2][6] } or {}
end
