import { spawn } from 'node:child_process';
import t from 'tap';

const CHECK = new URL('../dist/checkProviders.js', import.meta.url);

t.test('the check of the providers prints a table and succeeds where the golden cases agree', async (t) => {
  const child = spawn(process.execPath, [CHECK.pathname], { stdio: ['ignore', 'pipe', 'inherit'] });
  let table = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    table += text;
  });
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  t.equal(code, 0);
  t.match(table, /^cpu +10 agree +\d\.\de-\d+( +\d+\.\d\d){4}$/m);
  t.match(table, /^cuda +\S/m);
});
