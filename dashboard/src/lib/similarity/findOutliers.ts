import type { Similarity } from '../api/types.ts';
import { formatCosine } from '../format/formatCosine.ts';

/** Why a client stands apart from the others. */
export interface Outlier {
  client: string;
  reason: string;
  /** Whether it undoes what the others learn, rather than only differs from them. */
  against: boolean;
}

/** How far from the median, in robust standard deviations, counts as apart (Iglewicz and Hoaglin 1993). */
const APART = 3.5;

/** Median absolute deviation of a normal distribution, in standard deviations. */
const MAD_SCALE = 1.4826;

/** From this cosine on, under 60° from the mean, an update agrees with it, however alike the others are. */
const AGREES = 0.5;

/** With fewer clients there is no crowd to stand apart from. */
const CLIENTS_MIN = 4;

/** Clients whose update points against the mean, agrees far less with it than most, or is of another size. */
export function findOutliers({ clients, cosineToMean, norms }: Similarity): Outlier[] {
  if (clients.length < CLIENTS_MIN) {
    return [];
  }
  const direction = spread(cosineToMean);
  const size = spread(norms.map((norm) => Math.log(Math.max(norm, Number.MIN_VALUE))));
  return clients.flatMap((client, index): Outlier[] => {
    const cosine = cosineToMean[index] ?? 0;
    const norm = norms[index] ?? 0;
    if (norm === 0) {
      return [{ client, reason: 'its update is zero', against: false }];
    }
    if (cosine < 0) {
      const reason = `it points against the mean (cosine ${formatCosine(cosine)})`;
      return [{ client, reason, against: true }];
    }
    if (cosine < AGREES && apart(cosine, direction) < -APART) {
      const figures = `cosine ${formatCosine(cosine)}; median ${formatCosine(direction.median)}`;
      return [{ client, reason: `it agrees less with the mean than most (${figures})`, against: false }];
    }
    const away = apart(Math.log(norm), size);
    if (Math.abs(away) > APART) {
      const ratio = norm / Math.exp(size.median);
      const factor = ratio >= 1 ? `${ratio.toFixed(1)} times` : `1/${(1 / ratio).toFixed(1)} of`;
      return [{ client, reason: `its update is ${factor} the median in size`, against: false }];
    }
    return [];
  });
}

interface Spread {
  median: number;
  deviation: number;
}

function spread(values: readonly number[]): Spread {
  const middle = median(values);
  return { median: middle, deviation: MAD_SCALE * median(values.map((value) => Math.abs(value - middle))) };
}

function apart(value: number, { median: middle, deviation }: Spread): number {
  return deviation > 0 ? (value - middle) / deviation : 0;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  const upper = sorted[half] ?? 0;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[half - 1] ?? 0)) / 2;
}
