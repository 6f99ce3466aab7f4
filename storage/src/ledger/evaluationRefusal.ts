import { Refusal } from '@florist/core/errors/refusal';
import type { Facts } from './refusalFrom.js';

/** Refusals of an evaluation that does not fit its round. */
export function evaluationRefusal(reason: string, facts: Facts): Refusal | undefined {
  const { round, state, metric, expected, most } = facts;
  switch (reason) {
    case 'evaluation_closed':
      return new Refusal(reason, `Round ${round} takes no more evaluations: its choice is ${state}.`);
    case 'evaluation_conflict':
      return new Refusal(
        reason,
        `Higher values of ${metric} are ${expected === 'true' ? 'better' : 'worse'}.`,
        [{ field: '/higherIsBetter', detail: `Must be ${expected} for ${metric}.` }],
      );
    case 'metrics_too_many':
      return new Refusal(reason, `Round ${round} has ${most} metrics, and ${metric} would be one more.`);
    default:
      return undefined;
  }
}
