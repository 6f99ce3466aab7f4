// @ts-check
import { readFileSync } from 'node:fs';

/**
 * The processes that a process has started and that have not ended, as Linux tells them.
 *
 * @param {number} pid
 * @returns {number[]} empty too when the process itself is gone
 */
export function childrenOf(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
    return text.trim().split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}
