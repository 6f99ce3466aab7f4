import type { Aggregation, Method, RankPolicy } from '../api/types.ts';
import { formatBytes } from '../format/formatBytes.ts';

export const METHOD_NAMES: Readonly<Record<Method, string>> = {
  florist: 'FLoRIST',
  fedit: 'FedIT',
  'ffa-lora': 'FFA-LoRA',
  flora: 'FLoRA',
  flexlora: 'FlexLoRA',
};

/** How ranks are chosen, in a few signs: `τ 0.90`, `rank 16`, `≤ 12 MB`. */
export function describeRankPolicy(rank: RankPolicy): string {
  switch (rank.policy) {
    case 'energy':
      return `τ ${formatTau(rank.tau)}`;
    case 'fixed':
      return `rank ${rank.rank}`;
    case 'budget':
      return `≤ ${formatBytes(rank.bytes)}`;
    case 'total':
      return `total rank ${rank.totalRank}`;
  }
}

/** At least two decimals, as τ is spoken of. */
export function formatTau(tau: number): string {
  const text = String(tau);
  return text.length < 4 ? tau.toFixed(2) : text;
}

/** The method and, for FLoRIST, how it chooses ranks. */
export function describeMethod({ method, rank }: Pick<Aggregation, 'method' | 'rank'>): string {
  return method === 'florist' ? `FLoRIST · ${describeRankPolicy(rank)}` : METHOD_NAMES[method];
}
