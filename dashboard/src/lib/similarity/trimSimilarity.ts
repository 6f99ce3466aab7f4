import type { Similarity } from '../api/types.ts';

/** More rows than this no screen tells apart, and their matrix grows with the square. */
export const SIMILARITY_CLIENTS_MAX = 150;

/** Similarity as a page shows it: figures of all clients, the matrix of some. */
export interface TrimmedSimilarity extends Similarity {
  /** Whose pairs the matrix holds, in its order. */
  shown: string[];
}

/** Keeps the matrix to the clients that matter most: those furthest from the mean, in the order they came in. */
export function trimSimilarity(similarity: Similarity, most = SIMILARITY_CLIENTS_MAX): TrimmedSimilarity {
  const { clients, cosine, cosineToMean } = similarity;
  if (clients.length <= most) {
    return { ...similarity, shown: clients };
  }
  const kept = clients
    .map((_, index) => index)
    .sort((a, b) => (cosineToMean[a] ?? 0) - (cosineToMean[b] ?? 0))
    .slice(0, most)
    .sort((a, b) => a - b);
  return {
    ...similarity,
    cosine: kept.map((row) => kept.map((column) => cosine[row]?.[column] ?? 0)),
    shown: kept.map((index) => clients[index] ?? ''),
  };
}
