import { createHash } from 'node:crypto';
import { SLUG_PATTERN } from '@florist/core/schemas/common';
import type { Ledger } from './openLedger.js';
import { refusalFrom } from './refusalFrom.js';
import { PRELUDE } from './scripts/prelude.js';

const SLUG = new RegExp(SLUG_PATTERN);

/** What Redis makes of a Lua table: nested arrays of text and numbers; false becomes null. */
export type Reply = string | number | null | Reply[];

/** Named arguments of a script; left-out ones are nil in Lua. */
export type ScriptArguments = Record<string, unknown>;

export interface Script {
  readonly lua: string;
  readonly sha1: string;
}

/** A transition or a consistent read, as the body of a Lua script that the prelude's functions precede. */
export function script(body: string): Script {
  const lua = `${PRELUDE}\n${body}`;
  return { lua, sha1: createHash('sha1').update(lua).digest('hex') };
}

/**
 * Runs a script on the keys of one federation and returns what follows its 'ok'.
 * The keys are not declared one by one, so all of them must be on one Redis: Redis Cluster is not supported.
 * @throws Refusal where the script refuses
 */
export async function runScript(
  ledger: Ledger,
  script: Script,
  federation: string,
  args: ScriptArguments = {},
): Promise<Reply[]> {
  // a name that cannot be a federation's must not reach the keys either
  if (!SLUG.test(federation)) throw refusalFrom(['federation_not_found'], args, federation);
  const named = { ...args, federation, nowMs: ledger.givenClock?.().getTime() };
  const values = [`${ledger.prefix}:{${federation}}:`, `${ledger.prefix}:`, encode(named)];
  const reply = await evaluate(ledger, script, values);
  if (!Array.isArray(reply)) throw new Error('A ledger script gave no list.');
  const [outcome, ...rest] = reply;
  if (outcome === 'ok') return rest;
  throw refusalFrom(rest.map(String), args, federation);
}

/** Redis forgets scripts when it restarts, so the text is sent again whenever the digest is unknown. */
async function evaluate(ledger: Ledger, script: Script, values: string[]): Promise<Reply> {
  try {
    return (await ledger.redis.evalsha(script.sha1, 2, ...values)) as Reply;
  } catch (error) {
    if (!(error instanceof Error && error.message.startsWith('NOSCRIPT'))) throw error;
    return (await ledger.redis.eval(script.lua, 2, ...values)) as Reply;
  }
}

/** Lua's JSON reader stops at half a surrogate pair, which a request's JSON may well hold. */
function encode(args: ScriptArguments): string {
  return JSON.stringify(args, (_key, value: unknown) =>
    typeof value === 'string' ? value.replace(/\p{Surrogate}/gu, '\uFFFD') : value,
  );
}
