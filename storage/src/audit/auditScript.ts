/**
 * Changes that the trail keeps, about: two hundred days of a thousand submissions a day, at some 100 MB of memory.
 * Who has to keep more reads the trail out in time.
 */
export const AUDIT_KEPT = 200_000;

/** Attempts turned away that the trail keeps, about; apart, so that no flood of them pushes a change out. */
export const TURNED_AWAY_KEPT = 20_000;

/** Lua: appends to one of the two streams of the trail, under an id that is later than every id in either. */
export const APPEND = `
local function append(stream, kept, request, answer, count)
  local ms, seq = args.nowMs, 0
  for _, each in ipairs({ 'audit', 'audit-turned-away' }) do
    local last = redis.call('XREVRANGE', global .. each, '+', '-', 'COUNT', 1)
    if last[1] then
      local at, nth = string.match(last[1][1], '^(%d+)-(%d+)$')
      at, nth = tonumber(at), tonumber(nth)
      if at > ms or (at == ms and nth >= seq) then ms, seq = at, nth + 1 end
    end
  end
  redis.call('XADD', global .. stream, 'MAXLEN', '~', kept, string.format('%.0f-%d', ms, seq),
    'at', args.now, 'request', request, 'answer', answer, 'count', count or '')
end
`;
