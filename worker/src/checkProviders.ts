import { fork } from 'node:child_process';
import type { ProviderCheck } from './check/checkProviderProcess.js';
import { probeCuda } from './engine/probeCuda.js';
import type { Provider } from './engine/provider.js';

const CHECK_PROCESS = new URL('./check/checkProviderProcess.js', import.meta.url);

/** Holds one provider to the golden cases and times it, in a process of its own. */
function check(provider: Provider): Promise<ProviderCheck> {
  const child = fork(CHECK_PROCESS, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  return new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('error', reject);
    child.once('exit', (code, signal) => reject(new Error(`the check ended with ${signal ?? code}`)));
    child.send(provider);
  });
}

function row(cells: readonly string[]): string {
  const [provider = '', golden = '', ...numbers] = cells;
  return [provider.padEnd(10), golden.padEnd(16), ...numbers.map((cell) => cell.padStart(10))].join('');
}

function describe(provider: Provider, { golden, times }: ProviderCheck): string {
  const { modules, failures, worst } = golden;
  const passed = failures.length === 0 ? `${modules} agree` : `${failures.length} FAIL`;
  const numbers = [times.gram, times.solve, times.project, times.total].map((time) => time.toFixed(2));
  const table = row([provider, passed, worst.toExponential(1), ...numbers]);
  return [table, ...failures.map((failure) => `  ${failure}`)].join('\n');
}

/** Checks every provider that this machine offers and prints a table; false when one of them is wrong. */
async function checkProviders(): Promise<boolean> {
  const print = (line: string) => process.stdout.write(`${line}\n`);
  print('Golden cases, and one 4096 × 4096 module from eight clients (r = 152, float16), in milliseconds');
  print(row(['provider', 'golden modules', 'worst', 'gram', 'solve', 'project', 'total']));
  const cpu = await check('cpu');
  print(describe('cpu', cpu));
  const probe = await probeCuda();
  if (!probe.works) {
    print(`${'cuda'.padEnd(10)}not available: ${probe.reason}`);
    return cpu.golden.failures.length === 0;
  }
  const cuda = await check('cuda');
  print(describe('cuda', cuda));
  return cpu.golden.failures.length + cuda.golden.failures.length === 0;
}

process.exitCode = (await checkProviders()) ? 0 : 1;
