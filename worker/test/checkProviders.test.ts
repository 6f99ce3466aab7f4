import { spawn } from 'node:child_process';
import t from 'tap';
import type { ProviderLine } from '../src/checkProviders.js';

const CHECK = new URL('../dist/checkProviders.js', import.meta.url);

t.test('every provider is held to the golden cases and timed, or says why it is not there', async (t) => {
  const child = spawn(process.execPath, [CHECK.pathname], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  t.equal(code, 0);
  const lines = output
    .trim()
    .split('\n')
    .map((line): ProviderLine => JSON.parse(line));
  const [cpu, cuda] = lines;
  t.match(cpu, { provider: 'cpu', state: 'checked', golden: { modules: 10, failures: [] } });
  if (cpu?.state !== 'checked') throw new Error('the CPU was not checked');
  t.ok(cpu.golden.worst > 0 && cpu.golden.worst < 1e-6, `${cpu.golden.worst}`);
  t.ok(Object.values(cpu.times).every((time) => time > 0));
  t.match(cuda, { provider: 'cuda', state: /checked|absent/ });
  if (cuda?.state === 'absent') t.match(cuda.reason, /^[^\n]*cuda[^\n]*$/i);
  t.equal(lines.length, 2);
});
