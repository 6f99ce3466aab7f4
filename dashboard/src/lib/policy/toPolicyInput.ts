import type { FederationPatch } from '../api/types.ts';
import { BUDGET_UNIT, type PolicyDraft, TIME_UNITS } from './policyDraft.ts';

type PolicyInput = Required<Pick<FederationPatch, 'aggregation' | 'rounds'>>;

/**
 * The body that a form stands for. What is typed goes to the api as it is, which judges it; a limit left empty is
 * removed.
 */
export function toPolicyInput(draft: PolicyDraft): PolicyInput {
  return {
    aggregation: {
      method: draft.method,
      dtype: draft.dtype,
      missingModules: draft.missingModules,
      ...(draft.method === 'florist' ? { rank: toRank(draft) } : {}),
    },
    rounds: {
      minSubmissions: typed(draft.minSubmissions),
      maxSubmissions: draft.maxSubmissions === '' ? null : typed(draft.maxSubmissions),
      deadlineSeconds: draft.deadline === '' ? null : typed(draft.deadline, TIME_UNITS[draft.deadlineUnit]),
    },
  };
}

function toRank({ policy, tau, rank, megabytes }: PolicyDraft) {
  switch (policy) {
    case 'energy':
      return { policy, tau: typed(tau) };
    case 'fixed':
      return { policy, rank: typed(rank) };
    case 'budget':
      return { policy, bytes: typed(megabytes, BUDGET_UNIT) };
  }
}

/**
 * The number that a text stands for, in whole units where it has one. A text that is none is passed on as it is:
 * as NaN it would become null, which removes a limit instead of being refused.
 */
function typed(text: string, unit?: number): number {
  const number = text.trim() === '' ? Number.NaN : Number(text);
  if (!Number.isFinite(number)) {
    return text as unknown as number;
  }
  return unit === undefined ? number : Math.round(number * unit);
}
