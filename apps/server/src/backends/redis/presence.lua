-- Who is in a room, over all servers, as scripts of Redis: each runs alone.
--
-- KEYS  1 people    hash: member -> the servers that they are on and their name, `server,server name`
--       2 arrivals  sorted set: member, by the change with which they came
--       3 leases    sorted set: `member server`, by when it ends (ms, this Redis's clock)
--       4 changes   number of the last change; it starts at the clock, so that a lost one is noticed
-- ARGS  1 channel  2 server  and what each script adds
--
-- A change is told as `p <change> <count> <what> {"id":...,"name":...}`.

-- How long a room is remembered in which no server has anybody, in ms.
local FORGET_MS = 180000
-- Leases that one sweep ends, at the most.
local SWEPT_MAX = 500

local function now_ms()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end

local function change_number(keys)
  if redis.call('EXISTS', keys[4]) == 0 then
    redis.call('SET', keys[4], string.format('%d', now_ms()))
  end
  return redis.call('INCR', keys[4])
end

local function tell(keys, channel, change, what, member, name)
  local told = cjson.encode({ id = member, name = name })
  local count = redis.call('HLEN', keys[1])
  redis.call('SPUBLISH', channel, string.format('p %d %d %s %s', change, count, what, told))
end

-- Gives the servers of a member as a set, how many there are, and the name.
local function read_member(keys, member)
  local servers, count, name = {}, 0, nil
  local stored = redis.call('HGET', keys[1], member)
  if stored then
    local list
    list, name = string.match(stored, '^(%S*) (.*)$')
    for server in string.gmatch(list, '[^,]+') do
      servers[server] = true
      count = count + 1
    end
  end
  return servers, count, name
end

local function write_member(keys, member, servers, name)
  local list = {}
  for server in pairs(servers) do list[#list + 1] = server end
  redis.call('HSET', keys[1], member, table.concat(list, ',') .. ' ' .. name)
end

local function lease(keys, member, server, ends)
  redis.call('ZADD', keys[3], string.format('%d', ends), member .. ' ' .. server)
end

-- Adds a member, on one more server or under another name.
local function add(keys, channel, server, member, name)
  local servers, _, known_as = read_member(keys, member)
  if known_as == name and servers[server] then return end
  servers[server] = true
  write_member(keys, member, servers, name)
  if known_as == name then return end
  local change = change_number(keys)
  if not known_as then redis.call('ZADD', keys[2], string.format('%d', change), member) end
  tell(keys, channel, change, known_as and 'renamed' or 'entered', member, name)
end

-- Removes a member from one server; gives how many they are still on.
local function remove(keys, channel, server, member)
  redis.call('ZREM', keys[3], member .. ' ' .. server)
  local servers, count, name = read_member(keys, member)
  if servers[server] then
    servers[server] = nil
    count = count - 1
    if count > 0 then
      write_member(keys, member, servers, name)
    else
      redis.call('HDEL', keys[1], member)
      redis.call('ZREM', keys[2], member)
      tell(keys, channel, change_number(keys), 'left', member, name)
    end
  end
  return count
end

local function keep(keys)
  for _, key in ipairs(keys) do redis.call('PEXPIRE', key, FORGET_MS) end
end

-- Gives {change, count, id, name, id, name, ...}: the first members by arrival, so many at most.
local function roster(keys, listed_max)
  local page = { tonumber(redis.call('GET', keys[4]) or 0), redis.call('HLEN', keys[1]) }
  if listed_max == 0 then return page end
  for _, member in ipairs(redis.call('ZRANGE', keys[2], 0, listed_max - 1)) do
    local _, _, name = read_member(keys, member)
    if name then
      page[#page + 1] = member
      page[#page + 1] = name
    end
  end
  return page
end

-- Ends the leases that were not renewed: their server died.
local function sweep(keys, channel, now)
  local lapsed =
    redis.call('ZRANGE', keys[3], '-inf', now, 'BYSCORE', 'LIMIT', 0, SWEPT_MAX)
  for _, entry in ipairs(lapsed) do
    local member, server = string.match(entry, '^(%S+) (%S+)$')
    remove(keys, channel, server, member)
  end
end

-- ARGS  3 member  4 name  5 how long the lease holds (ms)  6 '1' to sweep  7 members listed at most
local function enter(keys, args)
  local now = now_ms()
  if args[6] == '1' then sweep(keys, args[1], now) end
  add(keys, args[1], args[2], args[3], args[4])
  lease(keys, args[3], args[2], now + args[5])
  keep(keys)
  return roster(keys, tonumber(args[7]))
end

-- ARGS  3 members listed at most
local function list(keys, args)
  return roster(keys, tonumber(args[3]))
end

-- ARGS  3 member  4 'left' on purpose or 'lost'  5 how long others may take to answer (ms)
-- Who left on purpose is not waited for anywhere: a server that only awaits their return is told,
-- one where they still are says so at once, and one that says nothing is dead.
local function leave(keys, args)
  local elsewhere = remove(keys, args[1], args[2], args[3])
  if elsewhere == 0 or args[4] ~= 'left' then return end
  local ends = string.format('%d', now_ms() + args[5])
  for server in pairs((read_member(keys, args[3]))) do
    redis.call('ZADD', keys[3], 'XX', 'LT', ends, args[3] .. ' ' .. server)
  end
  redis.call('SPUBLISH', args[1], 'g ' .. args[3])
end

-- ARGS  3 member  4 name
local function rename(keys, args)
  local servers, count, name = read_member(keys, args[3])
  if count == 0 or name == args[4] then return end
  write_member(keys, args[3], servers, args[4])
  tell(keys, args[1], change_number(keys), 'renamed', args[3], args[4])
end

-- Says that a server is alive, and that these members are on it; ends what others let lapse.
-- ARGS  3 how long leases hold (ms)  4 '1' to sweep  5... member, name, member, name, ...
local function refresh(keys, args)
  local now = now_ms()
  for index = 5, #args, 2 do
    local member = args[index]
    local servers, count, name = read_member(keys, member)
    if not servers[args[2]] then
      add(keys, args[1], args[2], member, count > 0 and name or args[index + 1])
    end
    lease(keys, member, args[2], now + args[3])
  end
  if args[4] == '1' then sweep(keys, args[1], now) end
  keep(keys)
  return tonumber(redis.call('GET', keys[4]) or 0)
end
