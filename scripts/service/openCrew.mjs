// @ts-check
import { join } from 'node:path';
import { openLog } from '../processes/openLog.mjs';
import { supervise } from '../processes/supervise.mjs';
import { lockDataDir } from './lockDataDir.mjs';
import { narrate } from './narrate.mjs';
import { processList } from './processList.mjs';

/** @typedef {import('../processes/supervise.mjs').Supervised} Supervised */
/** @typedef {import('../processes/supervise.mjs').Program} Program */

/**
 * @typedef {object} Crew the processes that serve one data folder
 * @property {Supervised[]} members in the order of their start
 * @property {(program: Program) => Supervised} launch
 * @property {() => Promise<void>} stop ends them, the last started first, and gives the folder back
 */

/**
 * Keeps a data folder for this process, once those that a killed supervisor left behind in it have ended.
 *
 * @param {string} dataDir absolute
 * @param {{ announce: (message: string) => void, verbose: boolean }} options announce is told of every crash
 * @returns {Promise<Crew>}
 * @throws {import('../terminal/complaint.mjs').Complaint} when the folder is in use
 */
export async function openCrew(dataDir, { announce, verbose }) {
  const lock = await lockDataDir(dataDir);
  const pids = processList(join(dataDir, 'processes.json'));
  await pids.endLeftovers();
  /** @type {Supervised[]} */
  const members = [];
  const story = openLog(join(dataDir, 'logs', 'florist.log'));
  const tellCrash = (/** @type {string} */ message) => {
    story.write(`${new Date().toISOString()} ${message}\n`);
    announce(message);
  };
  return {
    members,
    launch: (program) => {
      const log = openLog(join(dataDir, 'logs', `${program.name}.log`));
      const tell = narrate(program.name, verbose);
      const member = supervise(
        {
          ...program,
          onLine: (line) => {
            log.write(`${line}\n`);
            tell(line);
            program.onLine?.(line);
          },
          onPid: (pid) => void pids.note(program.name, pid),
        },
        tellCrash,
      );
      members.push(member);
      return member;
    },
    stop: async () => {
      while (members.length > 0) await members.pop()?.stop();
      pids.clear();
      await lock.release();
    },
  };
}
