import type { Dtype } from '@florist/core/kernel/kernel';
import { DtypeName } from '@florist/core/schemas/common';
import { fieldsFrom, literal, need } from '../ledger/fields.js';
import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import type { SumRef, SumSource } from './refs.js';
import { SUM_PRESENT } from './sumScript.js';

/** What making a sum needs to know. */
export interface PresentSum extends SumRef {
  /** In the order of their rounds. */
  sources: SumSource[];
  tau: number;
  dtype: Dtype;
  /** When this try began. */
  startedAt: string;
}

const PRESENT = script(`${SUM_PRESENT}
return { 'ok', 'making', redis.call('HGETALL', sum_key(args.sum)) }
`);

/** The sum, while this try at it is wanted; else undefined. */
export async function presentSum(
  ledger: Ledger,
  { federation, sum, attempt }: SumRef,
): Promise<PresentSum | undefined> {
  const [outcome, flat] = await runScript(ledger, PRESENT, federation, { sum, attempt });
  if (outcome !== 'making') return undefined;
  const fields = fieldsFrom(flat);
  return {
    ...{ federation, sum, attempt },
    sources: JSON.parse(need(fields, 'sources')),
    tau: Number(need(fields, 'tau')),
    dtype: literal(DtypeName, need(fields, 'dtype')),
    startedAt: need(fields, 'requestedAt'),
  };
}
