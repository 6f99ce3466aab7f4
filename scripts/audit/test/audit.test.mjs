// @ts-check
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { cleanEnvironment } from '../../processes/cleanEnvironment.mjs';
import { inRoot } from '../../processes/root.mjs';
import { run } from '../../processes/run.mjs';
import { readAnswer } from '../askRegistry.mjs';
import { isAllowed } from '../isAllowed.mjs';
import { judgeInstallScripts } from '../judgeInstallScripts.mjs';
import { judgeLicences } from '../judgeLicences.mjs';
import { readDependencies } from '../readDependencies.mjs';
import { writeBom } from '../writeBom.mjs';

const folder = await mkdtemp(join(tmpdir(), 'florist-audit-'));
t.teardown(() => rm(folder, { recursive: true, force: true }));

/** @param {Partial<import('../readDependencies.mjs').Dependency>} of */
const shipped = (of) => ({
  ...{ name: 'some', version: '1.0.0', licence: 'MIT', hasInstallScript: false, shipped: true },
  ...of,
});

t.test('an expression is allowed when one of its choices is, as a whole', async (t) => {
  const licences = ['MIT', 'Apache-2.0'];
  for (const good of ['MIT', '(MIT OR GPL-3.0)', 'MIT AND Apache-2.0', 'GPL-3.0 OR MIT AND Apache-2.0'])
    t.ok(isAllowed(good, licences), good);
  for (const bad of ['', 'GPL-3.0', 'MIT AND GPL-3.0', 'MIT OR (GPL-3.0 AND ISC)', 'SEE LICENSE IN LICENSE'])
    t.notOk(isAllowed(bad, licences), bad);
});

t.test('a licence that is not allowed fails by the name of the package', async (t) => {
  const { failures } = judgeLicences([
    shipped({}),
    shipped({ name: 'copyleft', licence: 'AGPL-3.0-only' }),
    shipped({ name: 'silent', licence: '' }),
    shipped({ name: 'a-tool', licence: 'AGPL-3.0-only', shipped: false }),
    shipped({ name: '@img/sharp-libvips-linux-x64', licence: 'LGPL-3.0-or-later' }),
  ]);
  t.strictSame(failures, [
    'copyleft@1.0.0 comes under AGPL-3.0-only, which is not among those allowed',
    'silent@1.0.0 comes under no licence, which is not among those allowed',
  ]);
});

t.test('a package with an install script that nobody has looked into fails', async (t) => {
  const { having, failures } = await judgeInstallScripts([
    shipped({ name: 'new-one', hasInstallScript: true }),
    shipped({ name: 'onnxruntime-node', hasInstallScript: true }),
    shipped({ name: 'a-tool', hasInstallScript: true, shipped: false }),
  ]);
  t.strictSame(having, ['new-one', 'onnxruntime-node']);
  t.strictSame(failures, [
    'new-one has an install script that npm does not run: find out whether it works without',
  ]);
});

t.test('what the lock file says is told apart by where it runs', async (t) => {
  const dependencies = await readDependencies();
  const find = (/** @type {string} */ name) => dependencies.find((each) => each.name === name);
  t.match(find('fastify'), { shipped: true, licence: 'MIT' });
  t.match(find('tap'), { shipped: false });
  t.notOk(find('@florist/core'), 'our own are not among them');
});

t.test('this repository runs no install script, and without its .npmrc npm would', async (t) => {
  const installs = async (/** @type {string} */ name, /** @type {boolean} */ withSettings) => {
    const project = join(folder, name);
    const trace = join(project, 'trace');
    await mkdir(join(project, 'guest'), { recursive: true });
    const scripts = { postinstall: `node -e "fs.writeFileSync('${trace}', '')"` };
    await writeFile(
      join(project, 'guest/package.json'),
      JSON.stringify({ name: 'guest', version: '1.0.0', scripts }),
    );
    await writeFile(join(project, 'package.json'), JSON.stringify({ dependencies: { guest: 'file:guest' } }));
    if (withSettings) await copyFile(inRoot('.npmrc'), join(project, '.npmrc'));
    const args = ['install', '--offline', '--install-links', '--no-audit', '--no-fund'];
    const { code, output } = await run('npm', args, { cwd: project, env: cleanEnvironment() });
    t.equal(code, 0, output);
    return { installed: existsSync(join(project, 'node_modules/guest')), ran: existsSync(trace) };
  };
  t.strictSame(await installs('ours', true), { installed: true, ran: false });
  t.strictSame(await installs('bare', false), { installed: true, ran: true });
});

t.test('a severe vulnerability fails, and a registry that does not answer is no pass', async (t) => {
  const report = {
    vulnerabilities: {
      bad: { name: 'bad', severity: 'critical', range: '<2' },
      poor: { name: 'poor', severity: 'moderate', range: '<1' },
    },
    metadata: { vulnerabilities: { moderate: 1, high: 0, critical: 1 } },
  };
  t.strictSame(readAnswer(JSON.stringify(report)), {
    state: 'answered',
    counts: { moderate: 1, high: 0, critical: 1 },
    failures: ['bad <2 has a vulnerability of critical severity'],
  });
  const refused = {
    message: '405 Method Not Allowed - POST https://registry.example/audit',
    statusCode: 405,
  };
  t.strictSame(readAnswer(JSON.stringify(refused)), { state: 'silent', reason: '405 Method Not Allowed' });
  t.strictSame(readAnswer('npm error network\n'), { state: 'silent', reason: 'npm error network' });
  t.strictSame(readAnswer(''), { state: 'silent', reason: 'it gave no report' });
});

t.test('the bill of materials names what is shipped and nothing else', async (t) => {
  const path = join(folder, 'bom.json');
  const count = await writeBom(path);
  const bom = JSON.parse(await readFile(path, 'utf8'));
  t.match(bom, { bomFormat: 'CycloneDX', metadata: { component: { name: 'florist', type: 'application' } } });
  const names = new Set(bom.components.map((/** @type {{ name: string }} */ { name }) => name));
  t.equal(bom.components.length, count);
  t.ok(names.has('fastify') && names.has('onnxruntime-node'));
  t.notOk(names.has('tap'));
});
