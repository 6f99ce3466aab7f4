// @ts-check
import { ensureInstalled } from '../install/ensureInstalled.mjs';
import { ensurePeer } from './peer/ensurePeer.mjs';
import { readArguments } from './readArguments.mjs';
import { redirectOutput } from './redirectOutput.mjs';

/**
 * The command: makes the clone ready, measures, and shows the tables or writes them as JSON.
 *
 * @param {{ withPeer?: boolean }} [options] withPeer: install what the peer needs first
 * @returns {Promise<number>} exit code: 0 however fast it was
 * @throws {import('../terminal/complaint.mjs').Complaint}
 */
export async function bench({ withPeer = false } = {}) {
  const wishes = readArguments(process.argv.slice(2));
  const output = wishes.json ? redirectOutput() : process.stdout;
  await ensureInstalled();
  if (withPeer) await ensurePeer();
  const { runBench } = await import('./runBench.mjs');
  const report = await runBench(wishes);
  if (wishes.json) output.write(`${JSON.stringify(report, null, 2)}\n`);
  return 0;
}
