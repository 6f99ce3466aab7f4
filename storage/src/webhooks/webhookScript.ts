import { FEDERATION_EXISTS } from '../ledger/scripts/existing.js';

/** Lua: keys of a webhook; all of a federation's, in the order in which they were made, are in `webhooks`. */
export const WEBHOOK_KEYS = `
local function webhook_key(id, part)
  return base .. 'webhook:' .. id .. (part and (':' .. part) or '')
end
`;

/** Lua that refuses unless the webhook exists, and leaves its fields in `webhook`. */
export const WEBHOOK_EXISTS = `${FEDERATION_EXISTS}${WEBHOOK_KEYS}
local webhook = record(webhook_key(args.id))
if not webhook.url then return refuse('webhook_not_found') end
`;
