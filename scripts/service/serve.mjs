// @ts-check
import { parseArgs } from 'node:util';
import { colours } from '../terminal/colours.mjs';
import { Complaint } from '../terminal/complaint.mjs';
import { say } from '../terminal/say.mjs';
import { step } from '../terminal/step.mjs';
import { printSummary } from './printSummary.mjs';
import { startService } from './startService.mjs';
import { untilSignal } from './untilSignal.mjs';

/** Runs the service until a signal asks it to stop. */
export async function serve() {
  const { verbose } = readArguments();
  const { signal, received } = untilSignal();
  const announce = (/** @type {string} */ message) => {
    say(`${colours().yellow('!')} ${message}`);
  };
  const service = await step('Starting', () => startService(process.env, { announce, verbose, signal }));
  printSummary(service);
  await received;
  say('');
  await step('Stopping', service.stop);
}

function readArguments() {
  try {
    return parseArgs({ options: { verbose: { type: 'boolean', default: false } } }).values;
  } catch (error) {
    throw new Complaint(`${error instanceof Error ? error.message : error}. Usage: npm start [-- --verbose]`);
  }
}
