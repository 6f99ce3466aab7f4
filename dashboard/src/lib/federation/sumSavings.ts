import type { Round } from '../api/types.ts';

export interface Savings {
  /** Bytes that clients did not have to download. */
  bytes: number;
  /** Published rounds that count. */
  rounds: number;
}

/**
 * What a federation saved against FLoRA, which sends the stack of all adapters to each client. The stack is taken
 * to be larger than the adapter by the ratio of their total ranks, and each submitter to have fetched it once.
 */
export function sumSavings(rounds: Iterable<Pick<Round, 'adapter' | 'submissionCount'>>): Savings {
  const savings: Savings = { bytes: 0, rounds: 0 };
  for (const { adapter, submissionCount } of rounds) {
    const result = adapter?.result;
    if (result !== undefined && result.totalRank > 0) {
      savings.bytes += submissionCount * result.bytes * (result.stackedRank / result.totalRank - 1);
      savings.rounds += 1;
    }
  }
  return savings;
}
