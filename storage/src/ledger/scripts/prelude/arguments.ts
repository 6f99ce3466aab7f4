/** Lua every script begins with: its arguments and keys by name, the time, and the way it refuses. */
export const ARGUMENTS = `
local base, global = KEYS[1], KEYS[2]
local args = cjson.decode(ARGV[1])
local federation_key = base .. 'federation'

-- Howard Hinnant's civil_from_days; Redis's Lua has no dates
local function iso(ms)
  local days = math.floor(ms / 86400000)
  local z = days + 719468
  local era = math.floor(z / 146097)
  local of_era = z - era * 146097
  local year = math.floor((of_era - math.floor(of_era / 1460) + math.floor(of_era / 36524)
    - math.floor(of_era / 146096)) / 365)
  local of_year = of_era - (365 * year + math.floor(year / 4) - math.floor(year / 100))
  local shifted = math.floor((5 * of_year + 2) / 153)
  local day = of_year - math.floor((153 * shifted + 2) / 5) + 1
  local month = shifted < 10 and shifted + 3 or shifted - 9
  local rest = ms - days * 86400000
  return string.format('%04d-%02d-%02dT%02d:%02d:%02d.%03dZ', year + era * 400 + (month <= 2 and 1 or 0), month, day,
    math.floor(rest / 3600000), math.floor(rest / 60000) % 60, math.floor(rest / 1000) % 60, rest % 1000)
end

-- Redis's own clock: processes whose clocks differ still agree on what is late
if not args.nowMs then
  local time = redis.call('TIME')
  args.nowMs = time[1] * 1000 + math.floor(time[2] / 1000)
end
args.now = iso(args.nowMs)

-- the round in question; 'latest' until it is looked up
local n = args.round

local function refuse(code, ...)
  if type(n) == 'number' then return { 'refused', code, 'round', tostring(n), ... } end
  return { 'refused', code, ... }
end

local function contains(list, wanted)
  for _, item in ipairs(list) do
    if item == wanted then return true end
  end
  return false
end
`;
