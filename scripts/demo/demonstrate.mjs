// @ts-check
import { join } from 'node:path';
import { announceCrash } from '../service/announceCrash.mjs';
import { readSettings } from '../service/readSettings.mjs';
import { startService } from '../service/startService.mjs';
import { untilSignal } from '../service/untilSignal.mjs';
import { colours } from '../terminal/colours.mjs';
import { Complaint } from '../terminal/complaint.mjs';
import { say } from '../terminal/say.mjs';
import { step } from '../terminal/step.mjs';
import { playRound } from './playRound.mjs';
import { preferPorts } from './preferPorts.mjs';
import { printResults } from './printResults.mjs';
import { printWaysOn } from './printWaysOn.mjs';
import { readOptions } from './readOptions.mjs';

/** Starts the service, plays a round through it, shows what came out, and stays up unless told to exit. */
export async function demonstrate() {
  const { exit } = readOptions(process.argv.slice(2));
  const { signal, received } = untilSignal();
  const { env, notes } = await preferPorts(process.env, readSettings(process.env));
  for (const note of notes) say(`${colours().yellow('!')} ${note}`);
  const service = await step('Starting the service', () =>
    startService(env, { announce: announceCrash, signal }),
  );
  try {
    const played = playRound(service, join(service.dataDir, 'demo-adapters'));
    const stopped = received.then(() => Promise.reject(new Complaint('Stopped.')));
    const { path, thresholds, comparison } = await Promise.race([played, stopped]);
    printResults(thresholds, comparison);
    if (exit) return;
    printWaysOn(service, path);
    await received;
    say('');
  } finally {
    await step('Stopping', service.stop);
  }
}
