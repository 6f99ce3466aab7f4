import { listFrom } from '../ledger/fields.js';
import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import { ROUND_EXISTS } from '../ledger/scripts/existing.js';
import { submissionRecords } from '../submissions/submissionRecords.js';

export interface RoundModule {
  name: string;
  shape: [m: number, n: number];
  stackedRank: number;
}

export interface RoundLayout {
  /** Every module that a submission of the round holds, in the order of their names. */
  modules: RoundModule[];
  fanInFanOut: boolean;
}

const LAYOUTS = script(`${ROUND_EXISTS}
return {
  'ok',
  redis.call('HGET', federation_key, 'fanInFanOut') or 'false',
  redis.call('HGETALL', round_key(n, 'layouts')),
}
`);

/**
 * The modules of a round that has closed. `stackedRank` counts the largest rank of each submission that holds
 * the module, so it is an upper bound, meant for sharing out work.
 * @throws Refusal federation_not_found, round_not_found
 */
export async function roundLayout(ledger: Ledger, federation: string, round: number): Promise<RoundLayout> {
  const [fanInFanOut, flat] = await runScript(ledger, LAYOUTS, federation, { round });
  const layouts = listFrom(flat);
  const ranks = new Map<string, number>();
  for (const { layoutDigest, receipt } of await submissionRecords(ledger, federation, round)) {
    ranks.set(layoutDigest, (ranks.get(layoutDigest) ?? 0) + receipt.rank);
  }
  const modules = new Map<string, RoundModule>();
  for (let index = 0; index + 1 < layouts.length; index += 2) {
    const rank = ranks.get(String(layouts[index])) ?? 0;
    const layout: Record<string, string> = JSON.parse(String(layouts[index + 1]));
    for (const [name, shape] of Object.entries(layout)) {
      const module = modules.get(name) ?? { name, shape: shapeFrom(shape), stackedRank: 0 };
      module.stackedRank += rank;
      modules.set(name, module);
    }
  }
  const sorted = [...modules.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  return { modules: sorted, fanInFanOut: fanInFanOut === 'true' };
}

function shapeFrom(text: string): [m: number, n: number] {
  const [m, n] = text.split('x').map(Number);
  if (m === undefined || n === undefined) throw new Error(`${JSON.stringify(text)} is not a shape.`);
  return [m, n];
}
