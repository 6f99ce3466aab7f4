import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import openapiTypescript, { astToString } from 'openapi-typescript';
import t from 'tap';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const DOCUMENT = new URL('../openapi.json', import.meta.url);

t.test('the types are those of the document: run `npm run generate` and commit', async (t) => {
  const types = astToString(await openapiTypescript(DOCUMENT));
  const committed = await readFile(new URL('../src/schema.d.ts', import.meta.url), 'utf8');
  t.ok(committed.endsWith(types), 'src/schema.d.ts is up to date');
});

t.test('the document passes the linter', async (t) => {
  const { exit, output } = await new Promise<{ exit: number; output: string }>((resolve) => {
    execFile('npm', ['run', 'lint'], { cwd: ROOT }, (error, stdout, stderr) => {
      resolve({ exit: error === null ? 0 : 1, output: stdout + stderr });
    });
  });
  t.equal(exit, 0, output);
});
