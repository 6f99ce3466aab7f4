// @ts-check
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { step } from '../terminal/step.mjs';
import { openFleets } from './fleet/openFleets.mjs';
import { openOurs } from './ours/openOurs.mjs';
import { openPeer } from './peer/openPeer.mjs';
import { describeMachine } from './report/describeMachine.mjs';
import { printTable } from './report/printTable.mjs';
import { targetsTable } from './report/targetsTable.mjs';
import { writeFigures } from './report/writeFigures.mjs';
import { SECTIONS } from './sections.mjs';

/** @typedef {import('./section.mjs').Bench} Bench */
/** @typedef {import('./section.mjs').Outcome} Outcome */

const DISTRUST = 'do not trust these figures, least of all the ratios.';
const NO_PEER =
  'There is no peer to compare with: npm run bench:peer installs torch into .venv and runs it too.';

/** Of the cores; beyond this, others take what is measured, and those who wait for all their threads most of all. */
const LOAD_SHARE_MAX = 0.5;

/** @typedef {import('./readArguments.mjs').Wishes} Wishes */

/**
 * Measures what is wished for, prints every table as soon as it is there, and the promises at the end.
 *
 * @param {Wishes} wishes
 * @returns {Promise<Record<string, unknown>>} all figures
 */
export async function runBench(wishes) {
  const { quick, markdown } = wishes;
  const folder = makeFolder();
  const cores = availableParallelism();
  const ours = openOurs();
  const peer = await openPeer();
  const machine = describeMachine(cores, peer);
  const [load = 0] = loadavg();
  introduce(machine, peer !== undefined, load > LOAD_SHARE_MAX * cores ? load : undefined);
  const bench = { fleets: openFleets(folder, { quick }), ours, peer, folder, cores, quick, work: [] };
  const outcomes = await measureAll(bench, wishes).finally(async () => {
    await peer?.close();
    await ours.close();
  });
  const targets = [...outcomes.values()].flatMap((outcome) => outcome.targets);
  if (targets.length > 0)
    printTable(targetsTable(targets), ([, , , verdict]) => verdict?.startsWith('missed') ?? false);
  if (markdown) await writeFigures(machine, outcomes);
  const data = Object.fromEntries([...outcomes].map(([name, outcome]) => [name, outcome.data]));
  return { machine, load, quick, ...data, targets };
}

/**
 * @param {Bench} bench
 * @param {Wishes} wishes
 */
async function measureAll(bench, { only }) {
  /** @type {Map<import('./readArguments.mjs').SectionName, Outcome>} */
  const outcomes = new Map();
  for (const name of only) {
    const { title, takes, measure } = SECTIONS[name];
    const outcome = await step(`${title} (about ${takes})`, (progress) => measure(bench, progress));
    bench.work.push(...outcome.work);
    outcomes.set(name, outcome);
    for (const table of outcome.tables) printTable(table);
    process.stdout.write('\n');
  }
  return outcomes;
}

/**
 * @param {string} machine
 * @param {boolean} hasPeer
 * @param {number} [load] where others use the machine too
 */
function introduce(machine, hasPeer, load) {
  const lines = [machine];
  if (!hasPeer) lines.push(NO_PEER);
  if (load !== undefined) lines.push(`The machine is busy, its load is ${load.toFixed(1)}: ${DISTRUST}`);
  process.stdout.write(`\n${lines.join('\n')}\n\n`);
}

/** A folder that does not outlive this process; it takes some 500 MB. */
function makeFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'florist-bench-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.once(signal, () => process.exit(130));
  }
  return folder;
}
