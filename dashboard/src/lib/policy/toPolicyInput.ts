import type { FederationPatch, RoundPolicy } from '../api/types.ts';
import { toAggregation } from './adapterDraft.ts';
import { toAfter } from './afterDraft.ts';
import { toClosing } from './closingDraft.ts';
import { toCohort } from './cohortDraft.ts';
import type { PolicyDraft } from './policyDraft.ts';
import { toQuotas } from './quotaDraft.ts';
import { toRetention } from './retentionDraft.ts';
import { toWeighting } from './weightingDraft.ts';

type PolicyInput = Required<Pick<FederationPatch, 'aggregation' | 'rounds' | 'retention' | 'quotas'>>;

/**
 * The body that a form stands for. What is typed goes to the api as it is, which judges it; a limit left empty is
 * removed.
 * @param inForce what holds now, of which the form shows a part
 */
export function toPolicyInput(draft: PolicyDraft, inForce?: RoundPolicy): PolicyInput {
  return {
    aggregation: { ...toAggregation(draft), weighting: toWeighting(draft) },
    rounds: {
      cohort: toCohort(draft, inForce?.cohort),
      ...toClosing(draft),
      ...toAfter(draft, inForce?.next),
    },
    retention: toRetention(draft),
    quotas: toQuotas(draft),
  };
}
