import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import t from 'tap';
import { seedStory } from '../../tools/seed/seedStory.mjs';
import { OPERATOR_TOKEN } from '../../tools/stack/startStack.mjs';
import { goldenRound } from './goldenRound.ts';
import { openStage } from './openStage.ts';
import { parseRows, readDownload } from './readDownload.ts';

const run = promisify(execFile);

interface Cost {
  method: string;
  tau?: number;
  totalRank: number;
  bytes: number;
  efficiency: number;
  relativeError: number | null;
}

t.test('what a round can be judged by, and had as files', async (t) => {
  const stage = await openStage(t);
  const { apiUrl, dashboardUrl, call, newPage } = stage;
  // one hospital of the story learns the opposite of the others in its last round
  const { federation } = await seedStory(apiUrl, OPERATOR_TOKEN, { rounds: 1 });
  const base = `/v1/federations/${federation}/rounds/1`;
  const page = await newPage(OPERATOR_TOKEN, { permissions: ['clipboard-read', 'clipboard-write'] });
  await page.goto(`${dashboardUrl}/federations/${federation}/rounds/1`);
  await page.getByRole('row', { name: /^a5 FLoRA.*published/ }).waitFor();

  await t.test('compares the methods as the api does', async (t) => {
    const { methods }: { methods: Cost[] } = await call('GET', `${base}/comparison`);
    const table = page.getByRole('region', { name: 'Methods' });
    await table.getByRole('row', { name: /^FlexLoRA/ }).waitFor();
    t.equal(await table.getByRole('row').count(), methods.length + 1);
    const shown = await table.getByRole('row').allTextContents();
    for (const [index, cost] of methods.entries()) {
      const cells = shown[index + 1] ?? '';
      t.match(cells, cost.totalRank.toLocaleString('en'), `${cost.method} ${cost.tau ?? ''}`);
      t.match(cells, (cost.efficiency * 1e4).toFixed(2));
      t.match(cells, cost.relativeError === null ? '—' : `${(cost.relativeError * 100).toFixed(2)} %`);
    }
    const rows = parseRows(await readDownload(page, 'Download the comparison as CSV'));
    t.same(
      rows.map(({ method, tau, totalRank, bytes, relativeError }) => ({
        method,
        ...(tau === '' ? {} : { tau: Number(tau) }),
        totalRank: Number(totalRank),
        bytes: Number(bytes),
        relativeError: relativeError === '' ? null : Number(relativeError),
      })),
      methods.map(({ method, tau, totalRank, bytes, relativeError }) => ({
        method,
        ...(tau === undefined ? {} : { tau }),
        ...{ totalRank, bytes, relativeError },
      })),
    );
    await page.getByRole('img', { name: /^Error of each method/ }).waitFor();
  });

  await t.test('gives at each τ of the comparison the same totals', async (t) => {
    const { methods }: { methods: Cost[] } = await call('GET', `${base}/comparison`);
    const figures = page.getByLabel('At this τ');
    for (const { tau, totalRank, relativeError } of methods.filter(({ method }) => method === 'florist')) {
      await page.getByRole('spinbutton', { name: 'τ' }).fill(String(tau));
      await figures.getByText(totalRank.toLocaleString('en'), { exact: true }).waitFor();
      t.match(await figures.textContent(), `${((relativeError ?? 0) * 100).toFixed(2)} %`, `τ ${tau}`);
    }
  });

  await t.test('points out who stands apart', async (t) => {
    const similarity = await call('GET', `${base}/similarity`);
    const against = similarity.clients[similarity.cosineToMean.findIndex((cosine: number) => cosine < 0)];
    t.equal(against, 'hospital-ghent');
    const panel = page.locator('section').filter({ hasText: 'Similarity of updates' }).last();
    await panel.getByText('One client stands apart').waitFor();
    t.match(await panel.getByRole('listitem').allTextContents(), [`${against}: it points against the mean`]);
    const csv = await readDownload(page, 'Download the similarity as CSV');
    const [header, ...rows] = csv.trimEnd().split('\r\n');
    t.equal(header, ['client', ...similarity.clients].join(','));
    t.same(
      rows.map((row) => row.split(',').slice(1).map(Number)),
      similarity.cosine,
    );
  });

  await t.test('hands out curl lines that fetch the adapter', async (t) => {
    await page.getByRole('button', { name: 'Copy curl lines' }).click();
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    const lines = await page.evaluate(() => navigator.clipboard.readText());
    const cwd = t.testdir({});
    await run('bash', ['-euc', lines], { cwd, env: { ...process.env, FLORIST_TOKEN: OPERATOR_TOKEN } });
    const { adapter } = await call('GET', base);
    const folder = join(cwd, `${federation}-round-1`);
    const file = await readFile(join(folder, 'adapter_model.safetensors'));
    t.equal(createHash('sha256').update(file).digest('hex'), adapter.result.sha256);
    t.equal(JSON.parse(await readFile(join(folder, 'adapter_config.json'), 'utf8')).peft_type, 'LORA');
  });

  await t.test('hands out Python lines that do the same', async (t) => {
    await page.getByRole('tab', { name: 'Python' }).click();
    await page.getByRole('button', { name: 'Copy Python lines' }).click();
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    const lines = await page.evaluate(() => navigator.clipboard.readText());
    t.match(lines, 'PeftModel.from_pretrained(base_model, folder)');
    // all but what PEFT itself does, which has its own test with PEFT at both ends
    const fetching = lines.replace('from peft import PeftModel\n', '').replace(/^model = .*$/m, '');
    const cwd = t.testdir({});
    await run('python3', ['-c', fetching], { cwd, env: { ...process.env, FLORIST_TOKEN: OPERATOR_TOKEN } });
    const { adapter } = await call('GET', base);
    const file = await readFile(join(cwd, `${federation}-round-1`, 'adapter_model.safetensors'));
    t.equal(createHash('sha256').update(file).digest('hex'), adapter.result.sha256);
  });

  await t.test('shows the worker, and says what follows once none is alive', async (t) => {
    await page.getByRole('link', { name: 'System' }).click();
    const workers = page.getByRole('region', { name: 'Workers' });
    const [worker] = (await call('GET', '/v1/system')).workers;
    const row = workers.getByRole('row', { name: new RegExp(`pid ${worker.pid}`) });
    await row.waitFor();
    t.match(await row.textContent(), /CPU.*asked for/);
    await page.getByText('1 on CPU').waitFor();
    await stage.stopWorker();
    await page.getByText('No worker is alive').waitFor();
    await page.getByText('none alive').waitFor();
    t.match(await page.locator('main').textContent(), /they will wait in aggregating until a worker starts/);

    await call('POST', `${base}/adapters`, { aggregation: { rank: { policy: 'energy', tau: 0.7 } } });
    const queues = page.getByRole('region', { name: 'Queues' });
    await queues.getByRole('row', { name: /^aggregate [1-9]/ }).waitFor();
  });

  await t.test('says of a round that nobody aggregates why it waits', async (t) => {
    const rounds = { minSubmissions: 2, maxSubmissions: 2 };
    const golden = await goldenRound(stage, 'homogeneous', { federation: 'stuck', rounds });
    await page.goto(`${dashboardUrl}/federations/stuck/rounds/1`);
    await page.getByText('live', { exact: true }).waitFor();
    await golden.send(0);
    await golden.send(1);
    await page.getByText('aggregating', { exact: true }).waitFor();
    const notice = page.getByRole('alert').filter({ hasText: 'No worker is alive' });
    await notice.waitFor();
    t.match(await notice.textContent(), /its submissions are stored/);
    await notice.getByRole('link', { name: 'System' }).click();
    await page.getByRole('link', { name: 'stuck round 1' }).waitFor();
  });
});
