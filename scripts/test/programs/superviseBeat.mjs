// @ts-check
// Supervises beat.mjs and tells its process id; for tests that kill the supervisor.
import { fileURLToPath } from 'node:url';
import { supervise } from '../../processes/supervise.mjs';

supervise(
  {
    name: 'beat',
    script: fileURLToPath(new URL('beat.mjs', import.meta.url)),
    env: () => process.env,
    graceMs: 1000,
    onLine: (line) => process.stdout.write(`${line}\n`),
  },
  () => {},
);
