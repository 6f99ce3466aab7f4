// @ts-check
import { readFileSync } from 'node:fs';

/** @typedef {{ bytes: number, processes: number }} TreeMemory */

/**
 * Resident memory of a process and all below it, added up: pages they share count once for each. Linux only.
 *
 * @param {number} pid
 * @returns {TreeMemory} zeros where there is no such process, or no /proc
 */
export function treeMemory(pid) {
  const status = read(`/proc/${pid}/status`);
  const kibibytes = Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0);
  // Node forks from its main thread, so its children are that thread's.
  const children = read(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean);
  return children
    .map((child) => treeMemory(Number(child)))
    .reduce(add, {
      bytes: kibibytes * 1024,
      processes: kibibytes > 0 ? 1 : 0,
    });
}

/**
 * @param {TreeMemory} a
 * @param {TreeMemory} b
 * @returns {TreeMemory}
 */
const add = (a, b) => ({ bytes: a.bytes + b.bytes, processes: a.processes + b.processes });

/** @param {string} path */
function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
