-- The log of a room, as scripts of Redis: each runs alone and from beginning to end.
--
-- KEYS  1 meta   hash: epoch, head (the last seq), lineage, emptied (how far the log went when its
--                last entry had grown too old), emptied_at (ms, when it was), tail (the seq, the
--                time and the id of the last entry; a server of before does not write it)
--       2 log    stream: an entry at `seq-0`, with the fields id, at and entry (JSON)
--       3 ids    hash: the index (log-index.lua)
--       4 settings  hash (log-settings.lua)
--
-- A script of Redis is not rolled back: each checks first and writes then.
-- No entry goes by Redis's clock, which may jump: servers say what is too old (sweep.lua).

-- How long the epoch of a room that nobody wrote to is kept after its last reading, in ms; half of
-- it at least. Codes that were only guessed leave nothing behind.
local EMPTY_ROOM_MS = 3600000
-- Entries beyond the room's limit that go with one append, at the most.
local SURPLUS_MAX = 500

-- Keeps the epoch of a room that nobody wrote to. Not with every reading: Redis syncs what is written.
local function keep_empty(meta)
  if redis.call('PTTL', meta) < EMPTY_ROOM_MS / 2 then redis.call('PEXPIRE', meta, EMPTY_ROOM_MS) end
end

-- Gives what INFO says of the two ids of a server, the second one of before it was promoted from a
-- replica. Plain searches: this runs with every append.
local function replication_id(info, name)
  local _, last = string.find(info, name, 1, true)
  return last and string.sub(info, last + 1, last + 40) or ''
end

-- Names the server that the data grew on, and tells whether it was promoted from a replica.
local function lineage()
  local info = redis.call('INFO', 'replication')
  local former = replication_id(info, 'master_replid2:')
  return replication_id(info, 'master_replid:'), string.find(former, '[^0]') ~= nil
end

-- Rebuilds the index from the log, if one was lost without the other.
local function reindex(keys)
  redis.call('DEL', keys[3])
  for _, entry in ipairs(redis.call('XRANGE', keys[2], '-', '+')) do
    local stored = entry[2][6]
    local kind = is_message(stored) and 'c' or 'o'
    add_to_index(keys[3], entry[2][2], seq_of(entry), kind, cjson.decode(stored).payload.from.id)
  end
end

-- Gives a room whose past cannot be trusted a new epoch, and goes on from what is there.
local function start_anew(keys, room)
  local last = redis.call('XREVRANGE', keys[2], '+', '-', 'COUNT', 1)[1]
  if not last then redis.call('DEL', keys[2]) end
  room.head = last and seq_of(last) or 0
  reindex(keys)
  redis.call('DEL', keys[1])
  -- It may expire still, if the meta that said so was lost (see lift_expiry).
  redis.call('PERSIST', keys[2])
  redis.call('HSET', keys[1], 'epoch', room.epoch, 'head', room.head, 'lineage', room.lineage)
  room.folded = nil
end

-- Brings the settings up to date, if a server of before has written.
local function catch_up_settings(keys, room)
  if room.folded == room.head then return end
  if room.folded then fold_from(keys, room.folded + 1)
  else rebuild_settings(keys, room.head) end
  redis.call('HSET', keys[1], 'folded', string.format('%d', room.head))
end

-- What tells an entry from any other that may stand in its place.
local function tail_of(entry)
  return entry[2][4] .. ' ' .. entry[2][2]
end

-- The same with its place, as the meta has it of the entry that was added last.
local function place_and_tail(seq, tail)
  return string.format('%d %s', seq, tail)
end

-- Whether a log lacks the entry that the caller knows as its last, or has another one there.
local function has_other_past(keys, room, known_head, known_tail)
  if room.head < known_head then return true end
  if known_tail == '' or room.tail == place_and_tail(known_head, known_tail) then return false end
  local entry = entry_at(keys, known_head)
  return entry and tail_of(entry) ~= known_tail
end

-- Before, a room went by Redis's clock: its log expired at `until`, and what else there is later.
local function lift_expiry(keys, room, ends)
  for _, key in ipairs(keys) do redis.call('PERSIST', key) end
  redis.call('HDEL', keys[1], 'until')
  local now = redis.call('TIME')
  if room.length > 0 or now[1] * 1000 < tonumber(ends) then return end
  room.emptied = room.head
  redis.call('HSET', keys[1], 'emptied', string.format('%d', room.head), 'emptied_at', ends)
end

-- Reads what there is of a room.
local function state_of(keys)
  local epoch, head, emptied, ends, grown_on, folded, tail = unpack(redis.call(
    'HMGET', keys[1], 'epoch', 'head', 'emptied', 'until', 'lineage', 'folded', 'tail'))
  local room = { epoch = epoch, head = tonumber(head or 0), emptied = tonumber(emptied or 0) }
  room.grown_on, room.folded, room.tail = grown_on, tonumber(folded or nil), tail
  room.length = redis.call('XLEN', keys[2])
  if ends then lift_expiry(keys, room, ends) end
  return room
end

-- Reads where a room stands. Its epoch is a new one (`fresh`) where there is none; where the log
-- or its index was lost; where a replica was promoted, which may lack the last entries; and where
-- the caller knows entries of this epoch that are no longer there.
-- ARGS  1 fresh epoch  2 known epoch  3 known head  4 known tail: what tells the entry at the head
local function open(keys, args)
  local fresh, known_epoch, known_head, known_tail = unpack(args, 1, 4)
  local room = state_of(keys)
  local id, promoted = lineage()
  room.lineage = id
  local lost
  if room.length > 0 then lost = redis.call('EXISTS', keys[3]) == 0
  else lost = room.emptied ~= room.head end
  local rolled_back = (room.grown_on ~= id and promoted)
    or (room.epoch == known_epoch and has_other_past(keys, room, tonumber(known_head), known_tail))
  if not room.epoch or lost or rolled_back then
    room.epoch = fresh
    start_anew(keys, room)
  elseif room.grown_on ~= id then
    redis.call('HSET', keys[1], 'lineage', id)
  end
  catch_up_settings(keys, room)
  if room.head == 0 then keep_empty(keys[1]) end
  return room
end

-- Drops the oldest entries, at most so many, up to the first that is not due. Gives how many went,
-- and the seq of the last of them.
local function drop_oldest(keys, most, is_due)
  local oldest = redis.call('XRANGE', keys[2], '-', '+', 'COUNT', 1)
  if not oldest[1] or not is_due(1, oldest[1]) then return 0 end
  oldest = redis.call('XRANGE', keys[2], '-', '+', 'COUNT', most)
  local count, gone
  for index, entry in ipairs(oldest) do
    if not is_due(index, entry) then break end
    count, gone = index, seq_of(entry)
    remove_from_index(keys[3], entry[2][2], gone, entry[2][6])
    redis.call('HDEL', keys[3], deletion_of(gone))
  end
  redis.call('XTRIM', keys[2], 'MINID', string.format('%d-0', gone + 1))
  return count, gone
end

-- ARGS  1 to 4 as of open  5 id  6 author  7 kind  8 at (ms)  9 entry
--       10 keep (entries, 0: all)
--       11 channel to tell at once, or '' if the caller waits for replicas first
--       12 the seq that the entry's setting has to have, or ''
--       13 how many of the channel's subscriptions are the caller's own: it needs no telling
-- Gives {'new', epoch, seq}, or {'known', epoch, seq, entry} if this author's id is there, or
-- what setting_refusal gives.
local function append(keys, args)
  local room = open(keys, args)
  local id, author, kind, at, entry, keep, channel, expect, own = unpack(args, 5, 13)
  local known = seq_by_author(keys[3], id, author)
  local found = known and entry_at(keys, known)
  if found then
    -- Replicas are waited for up to the last write of a connection: this makes one.
    if channel == '' then redis.call('HINCRBY', keys[1], 'repeats', 1) end
    return { 'known', room.epoch, known, found[2][6] }
  end
  local refused = setting_refusal(keys, room, entry, expect)
  if refused then
    if channel == '' then redis.call('HINCRBY', keys[1], 'repeats', 1) end
    return refused
  end
  local seq = room.head + 1
  redis.call('XADD', keys[2], string.format('%d-0', seq), 'id', id, 'at', at, 'entry', entry)
  add_to_index(keys[3], id, seq, kind, author)
  fold(keys, seq, entry)
  local place = string.format('%d', seq)
  local tail = place_and_tail(seq, at .. ' ' .. id)
  redis.call('HSET', keys[1], 'head', place, 'folded', place, 'tail', tail)
  if room.head == 0 then redis.call('PERSIST', keys[1]) end
  local surplus = keep ~= '0' and math.min(room.length + 1 - tonumber(keep), SURPLUS_MAX) or 0
  if surplus > 0 then
    drop_oldest(keys, surplus, function(index) return index <= surplus end)
  end
  if channel ~= '' and redis.call('PUBSUB', 'SHARDNUMSUB', channel)[2] > tonumber(own) then
    redis.call('SPUBLISH', channel, string.format('e %s %d %s', room.epoch, seq, entry))
  end
  return { 'new', room.epoch, seq }
end

-- ARGS  1 to 4 as of open
--       5 where the range starts, as XRANGE reads it  6 'up' or 'down' from there  7 limit
--       8 'settings' if they are asked for
-- Gives {epoch, head, first, settings or false, seq, entry, seq, entry, ...}, oldest first.
local function read(keys, args)
  local room = open(keys, args)
  local start, direction, limit, asked = unpack(args, 5, 8)
  local oldest = redis.call('XRANGE', keys[2], '-', '+', 'COUNT', 1)[1]
  local page = { room.epoch, room.head, oldest and seq_of(oldest) or room.head + 1 }
  page[4] = asked == 'settings' and redis.call('HVALS', keys[4])
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

-- ARGS  1 id  2 author, or '' for any  3 'message', or 'any' for every kind
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

-- Looks where logs end, without opening them: what nobody wrote to leaves nothing behind.
-- KEYS  meta and log of each
-- Gives {epoch, head, tail} of each, {} if there is none, or false if it has to be opened.
local function look(keys)
  local id = lineage()
  local found = {}
  for place = 1, #keys, 2 do
    local meta, log = keys[place], keys[place + 1]
    local epoch, head, grown_on = unpack(redis.call('HMGET', meta, 'epoch', 'head', 'lineage'))
    local last = redis.call('XREVRANGE', log, '+', '-', 'COUNT', 1)[1]
    local at = #found + 1
    if not epoch then
      found[at] = not last and {}
    elseif grown_on ~= id or (last and seq_of(last) or 0) ~= tonumber(head) then
      found[at] = false
    else
      found[at] = { epoch, tonumber(head), last and tail_of(last) or '' }
      if head == '0' then keep_empty(meta) end
    end
  end
  return found
end
