import { weightedMean } from '@florist/core/candidates/weightedMean';
import type { Evaluation, EvaluationList, MetricMean } from '@florist/core/schemas/evaluation';
import { fieldsFrom } from '../ledger/fields.js';
import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import { ADAPTER_EXISTS } from '../ledger/scripts/existing.js';
import { evaluationFrom } from './evaluationFrom.js';

const LIST = script(`${ADAPTER_EXISTS}
return { 'ok', redis.call('HGETALL', round_key(n, 'evaluations')), redis.call('HGETALL', round_key(n, 'metrics')) }
`);

/**
 * What an adapter scored, and the means over all who evaluated it.
 * @throws Refusal federation_not_found, round_not_found, adapter_not_found
 */
export async function listEvaluations(
  ledger: Ledger,
  federation: string,
  round: number | 'latest',
  adapter: string,
): Promise<EvaluationList> {
  const [flat, directions] = await runScript(ledger, LIST, federation, { round, adapter });
  const items = Object.entries(fieldsFrom(flat))
    .map(([field, json]) => evaluationFrom(field, json))
    .filter((evaluation) => evaluation.adapter === adapter)
    .sort((x, y) => compare(x.metric, y.metric) || compare(x.client ?? '', y.client ?? ''));
  const higherIsBetter = fieldsFrom(directions);
  const metrics = [...new Set(items.map(({ metric }) => metric))];
  return {
    metrics: metrics.map((metric) => meanOf(metric, items, higherIsBetter[metric] === 'true')),
    items,
  };
}

function meanOf(metric: string, items: readonly Evaluation[], higherIsBetter: boolean): MetricMean {
  const own = items.filter((item) => item.metric === metric);
  return { metric, higherIsBetter, ...weightedMean(own), evaluations: own.length };
}

function compare(x: string, y: string): number {
  return x === y ? 0 : x < y ? -1 : 1;
}
