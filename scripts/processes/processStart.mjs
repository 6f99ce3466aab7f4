// @ts-check
import { readFile } from 'node:fs/promises';
import { run } from './run.mjs';

/** Field 22 of /proc/<pid>/stat, counted after the command's name, which may itself hold spaces. */
const START_FIELD = 19;

/**
 * When a process began, as an opaque text, or undefined when no such process lives. Together with its id it
 * names a process for good: ids are given out again.
 *
 * @param {number} pid
 * @returns {Promise<string | undefined>}
 */
export async function processStart(pid) {
  if (process.platform === 'linux') {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // A zombie holds nothing any more: it only waits to be reaped.
    return fields[0] === 'Z' ? undefined : fields[START_FIELD];
  }
  const { code, stdout } = await run('ps', ['-o', 'lstart=', '-p', String(pid)]);
  return code === 0 ? stdout.trim() || undefined : undefined;
}
