-- Which entry has which id, in one hash a room. Nothing here grows with the people who share an id.
--
--   `id`          the place of an entry with this id, `seq:kind:author`; kind c for a message, else o
--   `id author`   the same of another author, if the field `id` is taken
--   `id >k`       of those the numbers of the first and the last, `first last`, of a kind k
--   `id >k7`      the place of the seventh
--
-- Before, the field `id` held the places of all authors, with spaces between; it is split at its
-- next use.

local function place_of(seq, kind, author)
  return string.format('%d:%s:%s', seq, kind, author)
end

local function read_place(place)
  local seq, kind, author = string.match(place or '', '^(%d+):(%l):(.+)$')
  return tonumber(seq), kind, author
end

local function queue_ends(ids, queue)
  local first, last = string.match(redis.call('HGET', ids, queue) or '1 0', '^(%d+) (%d+)$')
  return tonumber(first), tonumber(last)
end

local function set_queue_ends(ids, queue, first, last)
  if first > last then redis.call('HDEL', ids, queue)
  else redis.call('HSET', ids, queue, string.format('%d %d', first, last)) end
end

local function add_to_index(ids, id, seq, kind, author)
  local place = place_of(seq, kind, author)
  local _, _, holder = read_place(redis.call('HGET', ids, id))
  if not holder or holder == author then
    redis.call('HSET', ids, id, place)
    return
  end
  local queue = id .. ' >' .. kind
  local first, last = queue_ends(ids, queue)
  redis.call('HSET', ids, id .. ' ' .. author, place, queue .. string.format('%d', last + 1), place)
  set_queue_ends(ids, queue, first, last + 1)
end

local function is_shared(places)
  return places and string.find(places, ' ', 1, true)
end

local function split_field(ids, id)
  local places = redis.call('HGET', ids, id)
  if not is_shared(places) then return end
  redis.call('HDEL', ids, id)
  for place in string.gmatch(places, '[^ ]+') do
    local seq, kind, author = read_place(place)
    add_to_index(ids, id, seq, kind, author)
  end
end

-- Takes the oldest entry of the log out of the index.
local function remove_from_index(ids, id, seq, entry)
  split_field(ids, id)
  if read_place(redis.call('HGET', ids, id)) == seq then
    redis.call('HDEL', ids, id)
    return
  end
  local _, kind, author = read_place(redis.call('HGET', ids, id .. ' ' .. cjson.decode(entry).payload.from.id))
  if not kind then return end
  local queue = id .. ' >' .. kind
  local first, last = queue_ends(ids, queue)
  redis.call('HDEL', ids, id .. ' ' .. author, queue .. string.format('%d', first))
  set_queue_ends(ids, queue, first + 1, last)
end

-- Gives the seq of this author's entry.
local function seq_by_author(ids, id, author)
  local one, other = unpack(redis.call('HMGET', ids, id, id .. ' ' .. author))
  if is_shared(one) then
    split_field(ids, id)
    return seq_by_author(ids, id, author)
  end
  local seq, kind, holder = read_place(one)
  if holder ~= author then seq, kind = read_place(other) end
  return seq, kind
end

-- Gives the seq of the first entry with this id, of messages alone or of every kind.
local function first_seq(ids, id, of_any_kind)
  split_field(ids, id)
  local seq, kind = read_place(redis.call('HGET', ids, id))
  if kind == 'o' and not of_any_kind then seq = nil end
  for _, queued in ipairs(of_any_kind and { 'c', 'o' } or { 'c' }) do
    local queue = id .. ' >' .. queued
    local first, last = queue_ends(ids, queue)
    local other = first <= last
      and read_place(redis.call('HGET', ids, queue .. string.format('%d', first)))
    if other and (not seq or other < seq) then seq = other end
  end
  return seq
end
