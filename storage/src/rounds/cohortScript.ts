/** Taken off before rounding up, so that 10 % of 30 clients are 3 and not 4: 0.1 · 30 is a little above 3. */
export const CEIL_SLACK = 1e-9;

/**
 * Lua: whom a round invites under a sampling policy, the always invited first. Clients are taken in the order of
 * SHA-1(seed:round:client), so that anybody can repeat the choice, and who else is registered changes nothing
 * about two clients' order.
 */
export const DRAW_COHORT = `
local function draw_cohort(policy, seed, n)
  local clients = redis.call('ZRANGEBYLEX', base .. 'clients', '-', '+')
  local wanted = (policy.size or policy.fraction * #clients) * (policy.oversample or 1)
  local drawn, chosen, order = {}, {}, {}
  for _, client in ipairs(policy.always or {}) do
    if not chosen[client] and redis.call('ZSCORE', base .. 'clients', client) then
      chosen[client] = true
      drawn[#drawn + 1] = client
    end
  end
  for _, client in ipairs(clients) do
    if not chosen[client] then
      order[#order + 1] = redis.sha1hex(seed .. ':' .. n .. ':' .. client) .. client
    end
  end
  table.sort(order)
  for i = 1, math.min(#order, math.ceil(wanted - ${CEIL_SLACK}) - #drawn) do
    drawn[#drawn + 1] = string.sub(order[i], 41)
  end
  return drawn
end
`;
