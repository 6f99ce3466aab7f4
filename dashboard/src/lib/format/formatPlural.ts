import { formatCount } from './formatCount.ts';

/** A count and what is counted: `1 event`, `2 events`. */
export function formatPlural(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}
