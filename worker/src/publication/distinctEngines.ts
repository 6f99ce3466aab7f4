import type { Engine } from '@florist/core/schemas/lineage';
import type { PartIndex } from '../aggregation/partIndex.js';

/** What made the parts: one engine, unless workers that differ shared them out. */
export function distinctEngines(parts: readonly Pick<PartIndex, 'engine'>[]): Engine[] {
  const distinct = new Map(parts.map(({ engine }) => [JSON.stringify(engine), engine]));
  return [...distinct.keys()].sort().flatMap((key) => distinct.get(key) ?? []);
}
