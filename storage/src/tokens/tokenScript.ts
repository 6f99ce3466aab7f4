/** Lua: the keys of the service's tokens; all of them, in the order of their ids, are in `tokens`. */
export const TOKEN_KEYS = `
local function token_key(id) return global .. 'token:' .. id end
local function after_seconds(seconds) return string.format('%.0f', args.nowMs + 1000 * seconds) end
`;

/** Lua that refuses unless the token exists, and leaves its fields in `token`. */
export const TOKEN_EXISTS = `${TOKEN_KEYS}
local token = record(token_key(args.id))
if not token.tokenHash then return refuse('token_not_found') end
`;
