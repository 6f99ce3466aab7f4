import type { Aggregation, Method, RankPolicy, RoundPolicy } from '../api/types.ts';

export const TIME_UNITS = { minutes: 60, hours: 3600, days: 86_400 } as const;
export type TimeUnit = keyof typeof TIME_UNITS;

/** Bytes are typed in millions: nobody counts an adapter's size in ones. */
export const BUDGET_UNIT = 1e6;

/** Policies as a form holds them: what is typed, also while it is not valid yet. */
export interface PolicyDraft {
  method: Method;
  policy: RankPolicy['policy'];
  tau: string;
  rank: string;
  megabytes: string;
  dtype: Aggregation['dtype'];
  missingModules: Aggregation['missingModules'];
  minSubmissions: string;
  /** Empty for none. */
  maxSubmissions: string;
  /** Empty for none. */
  deadline: string;
  deadlineUnit: TimeUnit;
}

export const POLICY_DEFAULT: PolicyDraft = {
  method: 'florist',
  policy: 'energy',
  tau: '0.9',
  rank: '16',
  megabytes: '10',
  dtype: 'F32',
  missingModules: 'reject',
  minSubmissions: '1',
  maxSubmissions: '',
  deadline: '',
  deadlineUnit: 'hours',
};

/** The form for policies that are in force. */
export function draftOf(aggregation: Aggregation, rounds: RoundPolicy): PolicyDraft {
  const { method, rank, dtype, missingModules } = aggregation;
  const unit = unitOf(rounds.deadlineSeconds);
  return {
    ...POLICY_DEFAULT,
    ...{ method, dtype, missingModules, policy: rank.policy },
    ...(rank.policy === 'energy' ? { tau: String(rank.tau) } : {}),
    ...(rank.policy === 'fixed' ? { rank: String(rank.rank) } : {}),
    ...(rank.policy === 'budget' ? { megabytes: String(rank.bytes / BUDGET_UNIT) } : {}),
    minSubmissions: String(rounds.minSubmissions),
    maxSubmissions: rounds.maxSubmissions === undefined ? '' : String(rounds.maxSubmissions),
    deadline: rounds.deadlineSeconds === undefined ? '' : String(rounds.deadlineSeconds / TIME_UNITS[unit]),
    deadlineUnit: unit,
  };
}

function unitOf(seconds: number | undefined): TimeUnit {
  if (seconds === undefined) {
    return 'hours';
  }
  return seconds % TIME_UNITS.days === 0 ? 'days' : seconds % TIME_UNITS.hours === 0 ? 'hours' : 'minutes';
}
