/**
 * Events kept of each federation, about: a round of an 80-layer model with 7 modules a layer makes some 600,
 * so a viewer may be away for thirty such rounds and still miss nothing, at some 4 MB of memory.
 */
export const EVENTS_KEPT = 20_000;

/** Lua that tells of a change: to whoever listens, to the records among the blobs, to the sweep. */
export const EVENTS = `
-- grows over all federations and never repeats, not even for a name that is used again or after a rebuild
local function next_revision()
  return redis.call('INCR', global .. 'revision')
end

-- what the blobs say of this document is out of date from here on; see records/saveRecords.ts
local function outdate(document)
  redis.call('ZADD', base .. 'unrecorded', next_revision(), document)
  redis.call('SADD', global .. 'unrecorded', args.federation)
end

-- submissions have receipts of their own, sums can be made again, and how far something is need not outlive Redis
local function outdate_by(event)
  local subject, verb = string.match(event.type, '^(%a+)%.(.+)$')
  if subject == 'federation' or subject == 'webhook' then return outdate('federation') end
  if verb == 'progress' then return end
  if subject == 'client' then return outdate('client/' .. event.client) end
  if subject ~= 'round' and subject ~= 'adapter' and subject ~= 'choice' then return end
  if verb ~= 'not-opened' then outdate('round/' .. event.round) end
  if verb ~= 'evaluated' then outdate('federation') end
end

-- appended in the same script as the change it tells of; the message wakes whoever follows the stream
local function emit(event)
  event.at = args.now
  outdate_by(event)
  local id = redis.call('XADD', base .. 'events', 'MAXLEN', '~', ${EVENTS_KEPT}, '*', 'data', cjson.encode(event))
  redis.call('PUBLISH', base .. 'events', id)
end

-- what the ledger no longer wants is removed by the sweep, even if this process ends now; see retention/item.ts
local function note_removal(item)
  redis.call('SADD', base .. 'removals', item)
  redis.call('SADD', global .. 'removals', args.federation)
end
`;
