import { randomUUID } from 'node:crypto';
import { Refusal } from '@florist/core/errors/refusal';
import { AGGREGATION_DEFAULT } from '@florist/core/schemas/aggregation';
import { SLUG_PATTERN } from '@florist/core/schemas/common';
import type { Federation, FederationCreate } from '@florist/core/schemas/federation';
import { ROUND_POLICY_DEFAULT } from '@florist/core/schemas/roundPolicy';
import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import { federationChanges, LIMITS_AGREE } from './federationChanges.js';
import { FEDERATION_ROW, federationFrom } from './federationFrom.js';

/** A command that is sent again after a lost connection finds its own nonce, and succeeds. */
const CREATE = script(`
${LIMITS_AGREE}
${FEDERATION_ROW}
local known = redis.call('HGET', federation_key, 'nonce')
if known == args.nonce then return { 'ok', federation_row(base) } end
if known then return refuse('federation_exists') end
local fields = args.fields
local contradiction = limits_contradict(fields)
if contradiction then return contradiction end
local attempts = redis.call('GET', global .. 'attempts') or '0'
write(federation_key, fields)
write(federation_key, {
  name = args.federation, nonce = args.nonce, createdAt = args.now,
  latest = 0, liveSubmissions = 0, attemptBase = attempts, maxAttempt = attempts,
})
redis.call('ZADD', global .. 'federations', 0, args.federation)
emit({ type = 'federation.created' })
return { 'ok', federation_row(base) }
`);

/**
 * Creates a federation; policies left out take their defaults.
 * @throws Refusal federation_exists, request_invalid
 */
export async function createFederation(ledger: Ledger, input: FederationCreate): Promise<Federation> {
  if (!new RegExp(SLUG_PATTERN).test(input.name)) {
    throw new Refusal('request_invalid', `A federation's name must match ${SLUG_PATTERN}.`, [
      { field: '/name', detail: `Must match ${SLUG_PATTERN}.` },
    ]);
  }
  const { set } = federationChanges({
    baseModel: input.baseModel,
    aggregation: { ...AGGREGATION_DEFAULT, ...input.aggregation },
    rounds: { ...ROUND_POLICY_DEFAULT, ...input.rounds },
    candidates: input.candidates,
    retention: input.retention,
    quotas: input.quotas,
  });
  const [row] = await runScript(ledger, CREATE, input.name, { nonce: randomUUID(), fields: set });
  return federationFrom(row);
}
