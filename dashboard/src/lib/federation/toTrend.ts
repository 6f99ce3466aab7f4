import type { Round } from '../api/types.ts';

/** One published round of the trend. */
export interface TrendPoint {
  round: number;
  submissions: number;
  totalRank: number;
  stackedRank: number;
  energyKept: number;
  relativeError: number;
  bytes: number;
  seconds: number;
  computeSeconds: number;
}

/** Published rounds, oldest first, with the figures that change from one to the next. */
export function toTrend(rounds: readonly Round[]): TrendPoint[] {
  return rounds.toReversed().flatMap(({ number, submissionCount, adapter }) => {
    const result = adapter?.result;
    if (result === undefined) {
      return [];
    }
    const { totalRank, stackedRank, energyKept, relativeError, bytes, seconds, computeSeconds } = result;
    const figures = { totalRank, stackedRank, energyKept, relativeError, bytes, seconds, computeSeconds };
    return [{ round: number, submissions: submissionCount, ...figures }];
  });
}
