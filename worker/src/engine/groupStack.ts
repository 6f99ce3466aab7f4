import type { Side } from '@florist/core/kernel/kernel';
import { groupParts } from './groupParts.js';
import { elementsKey } from './joinParts.js';
import type { Part } from './toTensor.js';

/** A stack whose parts are few enough for one graph, in the groups that its products are made of. */
export interface GroupedStack {
  readonly side: Side;
  readonly parts: readonly Part[];
  /** Neighbouring parts, by index. */
  readonly groups: readonly (readonly number[])[];
  /** Where in the stack each group begins, and the end of the last: its rank. */
  readonly offsets: readonly number[];
  /** Tells apart stacks that need graphs of their own. */
  readonly pattern: string;
}

export function groupStack(side: Side, parts: readonly Part[]): GroupedStack {
  const ranks = parts.map((part) => (side === 'B' ? part.cols : part.rows));
  const groups = groupParts(ranks);
  const offsets = [0];
  for (const group of groups) {
    offsets.push(group.reduce((end, index) => end + (ranks[index] ?? 0), offsets.at(-1) ?? 0));
  }
  const pattern = `${side} ${elementsKey(parts)} ${groups.map((group) => group.length).join(' ')}`;
  return { side, parts, groups, offsets, pattern };
}
