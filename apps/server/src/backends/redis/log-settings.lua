-- The settings of a room: of each key that has a value, the entry that gave it. Keys as in log.lua.
--
--   settings      hash: `key` is `seq entry`
--   ids           the field ` d7`: the message at 7 is deleted; it goes with the message
--   meta          the field `folded`: up to which seq of the log both are up to date. A server of
--                 before leaves it behind, or deletes it: what it added is gone through later.

-- Entries of the log that are gone through at once.
local FOLDED_AT_ONCE = 1000
local SETTINGS_MAX = 200

local function seq_of(entry)
  return tonumber(string.match(entry[1], '^%d+'))
end

local function entry_at(keys, seq)
  local id = string.format('%d-0', seq)
  return redis.call('XRANGE', keys[2], id, id)[1]
end

local function is_of_type(stored, kind)
  local start = '{"type":"' .. kind .. '"'
  return string.sub(stored, 1, #start) == start
end

-- MESSAGE_KINDS is given by the server (log-scripts.ts).
local function is_message(stored)
  return MESSAGE_KINDS[string.match(stored, '^{"type":"(%w+)"')] == true
end

local function deletion_of(seq)
  return string.format(' d%d', seq)
end

-- Does what an entry does to the settings (settingChange of the protocol).
local function fold(keys, seq, stored)
  if is_of_type(stored, 'set') then
    local said = cjson.decode(stored).payload
    if said.value == cjson.null then redis.call('HDEL', keys[4], said.key)
    else redis.call('HSET', keys[4], said.key, string.format('%d %s', seq, stored)) end
  elseif is_of_type(stored, 'deleted') then
    local target = cjson.decode(stored).payload.targetSeq
    redis.call('HDEL', keys[4], string.format('pin:%d', target))
    if entry_at(keys, target) then redis.call('HSET', keys[3], deletion_of(target), '1') end
  end
end

local function fold_from(keys, from)
  repeat
    local start = string.format('%d-0', from)
    local entries = redis.call('XRANGE', keys[2], start, '+', 'COUNT', FOLDED_AT_ONCE)
    for _, entry in ipairs(entries) do fold(keys, seq_of(entry), entry[2][6]) end
    if entries[1] then from = seq_of(entries[#entries]) + 1 end
  until #entries < FOLDED_AT_ONCE
end

-- Takes out settings by entries that the log does not have, and goes through it once more.
local function rebuild_settings(keys, head)
  local all = redis.call('HGETALL', keys[4])
  for index = 1, #all, 2 do
    local seq, stored = string.match(all[index + 1], '^(%d+) (.*)$')
    local kept = entry_at(keys, tonumber(seq))
    if tonumber(seq) > head or (kept and kept[2][6] ~= stored) then
      redis.call('HDEL', keys[4], all[index])
    end
  end
  fold_from(keys, 1)
end

-- Why an entry that sets something is not added (settingRefusal of log/settings.ts).
-- Gives {code, epoch, seq, entry of the key now} or nothing.
local function setting_refusal(keys, room, stored, expect)
  if not is_of_type(stored, 'set') then return nil end
  local oldest = redis.call('XRANGE', keys[2], '-', '+', 'COUNT', 1)[1]
  local first = oldest and seq_of(oldest) or room.head + 1
  for _, key in ipairs(redis.call('HKEYS', keys[4])) do
    local pinned = tonumber(string.match(key, '^pin:(%d+)$') or first)
    if pinned < first then redis.call('HDEL', keys[4], key) end
  end
  local said = cjson.decode(stored).payload
  local held = redis.call('HGET', keys[4], said.key)
  local seq, present = string.match(held or '', '^(%d+) (.*)$')
  if expect ~= '' and tonumber(expect) ~= tonumber(seq or 0) then
    return { 'stale', room.epoch, tonumber(seq or 0), present }
  end
  if said.value == cjson.null then return nil end
  local pinned = tonumber(string.match(said.key, '^pin:(%d+)$') or '')
  if pinned then
    local message = entry_at(keys, pinned)
    local is_there = message and is_message(message[2][6])
      and redis.call('HEXISTS', keys[3], deletion_of(pinned)) == 0
    if not is_there then return { 'unknown_target', room.epoch, 0 } end
  end
  if not held and redis.call('HLEN', keys[4]) >= SETTINGS_MAX then
    return { 'too_many_settings', room.epoch, 0 }
  end
  return nil
end
