// @ts-check
import { availableParallelism } from 'node:os';
import { redirectOutput } from '../bench/redirectOutput.mjs';
import { describeMachine } from '../bench/report/describeMachine.mjs';
import { printTable } from '../bench/report/printTable.mjs';
import { ensureInstalled } from '../install/ensureInstalled.mjs';
import { runLines } from '../processes/runLines.mjs';
import { colours } from '../terminal/colours.mjs';
import { step } from '../terminal/step.mjs';
import { precisionTables } from './precisionTables.mjs';
import { readArguments } from './readArguments.mjs';
import { writePrecision } from './writePrecision.mjs';

/** @typedef {import('../../worker/src/checkPrecision.js').PrecisionLine} PrecisionLine */

/**
 * The command: measures how exact the engine is, and shows the tables, writes them as JSON or into the document.
 *
 * @param {string[]} args
 * @returns {Promise<number>} exit code: 0 when everything is as exact as promised
 * @throws {import('../terminal/complaint.mjs').Complaint}
 */
export async function precision(args) {
  const { json, markdown } = readArguments(args);
  const output = json ? redirectOutput() : process.stdout;
  await ensureInstalled();
  /** @type {PrecisionLine[]} */
  const lines = [];
  await step('Precision against float64 (about 2 min)', (progress) =>
    runLines(['worker', 'dist', 'checkPrecision.js'], (line) => {
      lines.push(line);
      progress(`${lines.length}: ${line.name}, ${line.input}`);
    }),
  );
  const [{ provider } = { provider: 'cpu' }] = lines;
  const machine = `${describeMachine(availableParallelism())}, provider ${provider}`;
  const tables = precisionTables(lines);
  for (const { table } of tables) printTable(table);
  if (markdown) await writePrecision(machine, tables);
  if (json) output.write(`${JSON.stringify({ machine, cases: lines }, null, 2)}\n`);
  const broken = lines.flatMap(({ input, broken }) => broken.map((fault) => `${input} in: ${fault}`));
  for (const fault of broken) process.stdout.write(`${colours().red('✗')} ${fault}\n`);
  return broken.length > 0 ? 1 : 0;
}
