import type { MeasuredRound } from '@florist/core/rounds/hasStalled';
import { listEvaluations } from '../evaluations/listEvaluations.js';
import type { Ledger } from '../ledger/openLedger.js';
import { getRound } from './getRound.js';

/** Rounds looked back upon: what was best longer ago says little of what training still gains. */
const ROUNDS_MAX = 200;

/**
 * What the adapters that rounds serve scored in one metric, in the order of the rounds up to `latest`, without those
 * that nobody evaluated.
 */
export async function metricHistory(
  ledger: Ledger,
  federation: string,
  latest: number,
  metric: string,
): Promise<MeasuredRound[]> {
  const measured: MeasuredRound[] = [];
  for (let number = Math.max(1, latest - ROUNDS_MAX + 1); number <= latest; number++) {
    const { state, adapter } = await getRound(ledger, federation, number);
    if (state !== 'published' || adapter === undefined) continue;
    const { metrics } = await listEvaluations(ledger, federation, number, adapter.id);
    const found = metrics.find((each) => each.metric === metric);
    if (found !== undefined) measured.push(found);
  }
  return measured;
}
