import { fork } from 'node:child_process';
import type { ProviderCheck } from './check/checkProviderProcess.js';
import { probeCuda } from './engine/probeCuda.js';
import type { Provider } from './engine/provider.js';

/** A line of the output: a provider that was checked, one that this machine lacks, or one that ended its check. */
export type ProviderLine =
  | ({ provider: Provider; state: 'checked' } & ProviderCheck)
  | { provider: Provider; state: 'absent' | 'broken'; reason: string };

const CHECK_PROCESS = new URL('./check/checkProviderProcess.js', import.meta.url);

/** Holds one provider to the golden cases and times it, in a process of its own. */
function check(provider: Provider): Promise<ProviderLine> {
  // what a library prints must not mix with the output
  const child = fork(CHECK_PROCESS, { stdio: ['ignore', process.stderr, 'inherit', 'ipc'] });
  return new Promise((resolve) => {
    const broken = (reason: string) => resolve({ provider, state: 'broken', reason });
    child.once('message', (found: ProviderCheck) => resolve({ provider, state: 'checked', ...found }));
    child.once('error', (error) => broken(error.message));
    child.once('exit', (code, signal) => broken(`the check was ended by ${signal ?? `exit code ${code}`}`));
    child.send(provider);
  });
}

async function checkCuda(): Promise<ProviderLine> {
  const { works, reason } = await probeCuda();
  return works ? check('cuda') : { provider: 'cuda', state: 'absent', reason };
}

function print(line: ProviderLine): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

// Checks every provider there is and prints a JSON object for each as soon as it is known.
print(await check('cpu'));
print(await checkCuda());
