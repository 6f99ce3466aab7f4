// @ts-check
import { say } from '../terminal/say.mjs';
import { step } from '../terminal/step.mjs';
import { announceCrash } from './announceCrash.mjs';
import { printSummary } from './printSummary.mjs';
import { readOptions } from './readOptions.mjs';
import { startService } from './startService.mjs';
import { untilSignal } from './untilSignal.mjs';

/** Runs the service until a signal asks it to stop. */
export async function serve() {
  const { verbose } = readOptions(process.argv.slice(2));
  const { signal, received } = untilSignal();
  const service = await step('Starting', () =>
    startService(process.env, { announce: announceCrash, verbose, signal }),
  );
  printSummary(service);
  await received;
  say('');
  await step('Stopping', service.stop);
}
