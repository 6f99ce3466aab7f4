import type { Aggregation, AggregationInput, Method, RankPolicy } from '../api/types.ts';
import { MEGABYTE } from './megabyte.ts';
import { typed } from './typed.ts';

/** How a round becomes an adapter, as a form holds it. */
export interface AdapterDraft {
  method: Method;
  policy: RankPolicy['policy'];
  tau: string;
  rank: string;
  megabytes: string;
  totalRank: string;
  dtype: Aggregation['dtype'];
  missingModules: Aggregation['missingModules'];
}

export const ADAPTER_DEFAULT: AdapterDraft = {
  method: 'florist',
  policy: 'energy',
  tau: '0.9',
  rank: '16',
  megabytes: '10',
  totalRank: '500',
  dtype: 'F32',
  missingModules: 'reject',
};

export function adapterDraftOf({ method, rank, dtype, missingModules }: Aggregation): AdapterDraft {
  return {
    ...ADAPTER_DEFAULT,
    ...{ method, dtype, missingModules, policy: rank.policy },
    ...(rank.policy === 'energy' ? { tau: String(rank.tau) } : {}),
    ...(rank.policy === 'fixed' ? { rank: String(rank.rank) } : {}),
    ...(rank.policy === 'budget' ? { megabytes: String(rank.bytes / MEGABYTE) } : {}),
    ...(rank.policy === 'total' ? { totalRank: String(rank.totalRank) } : {}),
  };
}

export function toAggregation(draft: AdapterDraft): AggregationInput {
  const { method, dtype, missingModules } = draft;
  return { method, dtype, missingModules, ...(method === 'florist' ? { rank: toRank(draft) } : {}) };
}

function toRank({ policy, tau, rank, megabytes, totalRank }: AdapterDraft): RankPolicy {
  switch (policy) {
    case 'energy':
      return { policy, tau: typed(tau) };
    case 'fixed':
      return { policy, rank: typed(rank) };
    case 'budget':
      return { policy, bytes: typed(megabytes, MEGABYTE) };
    case 'total':
      return { policy, totalRank: typed(totalRank) };
  }
}
