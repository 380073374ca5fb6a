-- The shelf, a collection at a time. A value is a string that ends by Redis's own clock.
-- KEYS  1 all keys of the collection, in order  2 a value's key; for `list`, what such keys begin with

-- Keys of the collection that a `put` looks at, so that those that have ended leave its order.
local LOOKED_AT = 2

local function forget(collection, values, key)
  if redis.call('EXISTS', values .. key) == 0 then redis.call('ZREM', collection, key) end
end

-- ARGS  1 the key  2 the value  3 'PXAT', 'PX' or '': at a moment, after a while or never it ends
--       4 the moment (ms since 1970) or the while (ms)
--       5 'any', 'none' or 'same': which value may be there  6 that value
local function put(keys, args)
  local collection, value_key = keys[1], keys[2]
  local key, value, ends, ms, may, same = unpack(args, 1, 6)
  local present = redis.call('GET', value_key)
  if may == 'none' and present then return 0 end
  if may == 'same' and present ~= same then return 0 end
  local values = string.sub(value_key, 1, #value_key - #key)
  for _, other in ipairs(redis.call('ZRANDMEMBER', collection, LOOKED_AT)) do
    forget(collection, values, other)
  end
  if ends == '' then
    redis.call('SET', value_key, value)
  else
    redis.call('SET', value_key, value, ends, ms)
  end
  redis.call('ZADD', collection, 0, key)
  return 1
end

-- ARGS  1 the key
local function take(keys, args)
  redis.call('ZREM', keys[1], args[1])
  return redis.call('GETDEL', keys[2])
end

-- ARGS  1 what the keys begin with  2 how many at the most
-- Gives {key, value, until (ms, text; '-1': never), …}
local function list(keys, args)
  local collection, values, prefix, limit = keys[1], keys[2], args[1], tonumber(args[2])
  local found = {}
  for _, key in ipairs(redis.call('ZRANGEBYLEX', collection, '[' .. prefix, '(' .. prefix .. '\127')) do
    local value = redis.call('GET', values .. key)
    if value then
      local till = string.format('%d', redis.call('PEXPIRETIME', values .. key))
      for _, part in ipairs({ key, value, till }) do table.insert(found, part) end
      if #found >= limit * 3 then return found end
    else
      redis.call('ZREM', collection, key)
    end
  end
  return found
end
