import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import { OPERATOR_TOKEN_FILE, provideOperatorToken } from '../../src/auth/provideOperatorToken.js';

t.test('makes a token for its owner alone, once', async (t) => {
  const dir = join(t.testdir({}), 'data');
  const first = await provideOperatorToken(dir);
  t.ok(first.created);
  t.match(first.token, /^florist_operator_[\w-]{43}$/);
  t.equal((await stat(first.path)).mode & 0o777, 0o600);
  t.same(await provideOperatorToken(dir), { ...first, created: false });
  t.same(await readdir(dir), [OPERATOR_TOKEN_FILE], 'nothing else is left');
});

t.test('agrees on one token when many start at once', async (t) => {
  const dir = t.testdir({});
  const tokens = await Promise.all(Array.from({ length: 20 }, () => provideOperatorToken(dir)));
  t.equal(new Set(tokens.map(({ token }) => token)).size, 1);
  t.equal(tokens.filter(({ created }) => created).length, 1);
  t.equal((await readFile(join(dir, OPERATOR_TOKEN_FILE), 'utf8')).trim(), tokens[0]?.token);
});

t.test('takes a token that a person put there', async (t) => {
  const dir = t.testdir({ [OPERATOR_TOKEN_FILE]: '  chosen-by-the-operator\n' });
  t.match(await provideOperatorToken(dir), { token: 'chosen-by-the-operator', created: false });
});

for (const [what, content] of Object.entries({
  'an empty file': '',
  'a short one': 'abc',
  'one of two lines': `${'a'.repeat(20)}\n${'b'.repeat(20)}`,
})) {
  t.test(`does not start with ${what}`, async (t) => {
    const dir = t.testdir({});
    await mkdir(dir, { recursive: true });
    await writeFile(join(dir, OPERATOR_TOKEN_FILE), content);
    await t.rejects(provideOperatorToken(dir), /operator-token holds no usable operator token/);
  });
}
