// @ts-check
// Talks for a while, to both outputs, as a command does, and ends well.
import { setTimeout as sleep } from 'node:timers/promises';
import { runEntry } from '../../terminal/runEntry.mjs';
import { say } from '../../terminal/say.mjs';

await runEntry('Usage: talk', async () => {
  for (let line = 1; line <= 20; line++) {
    say(`line ${line}`);
    process.stderr.write(`line ${line}\n`);
    await sleep(25);
  }
});
