import t from 'tap';
import { OPERATOR_TOKEN } from '../../tools/stack/startStack.mjs';
import { goldenRound } from './goldenRound.ts';
import { openStage } from './openStage.ts';
import { parseRows, readDownload } from './readDownload.ts';

const Q_PROJ = 'model.layers.0.self_attn.q_proj';
const V_PROJ = 'model.layers.0.self_attn.v_proj';

interface Module {
  name: string;
  shape: [number, number];
  rank: number;
  singularValues: number[];
}

/** What FLoRIST publishes at τ by its definition, added up over modules. */
function totalsAt(modules: Module[], tau: number) {
  let totalRank = 0;
  let parameters = 0;
  let kept = 0;
  let energy = 0;
  for (const { singularValues, shape } of modules) {
    const all = singularValues.reduce((sum, value) => sum + value ** 2, 0);
    let rank = 0;
    let held = 0;
    while (held < tau * all) {
      held += (singularValues[rank] ?? 0) ** 2;
      rank += 1;
    }
    totalRank += rank;
    parameters += rank * (shape[0] + shape[1]);
    kept += held;
    energy += all;
  }
  return { totalRank, parameters, energyKept: kept / energy };
}

t.test('a round, from the first submission to the second adapter', async (t) => {
  const stage = await openStage(t);
  const { dashboardUrl, call, newPage } = stage;
  const golden = await goldenRound(stage, 'heterogeneous', {
    federation: 'golden',
    rounds: { minSubmissions: 8, maxSubmissions: 8 },
  });
  const base = '/v1/federations/golden/rounds/1';
  const page = await newPage(OPERATOR_TOKEN);
  await page.goto(`${dashboardUrl}/federations/golden/rounds/1?modules=${Q_PROJ},${V_PROJ}`);
  await page.getByText('live', { exact: true }).waitFor();

  await t.test('fills and publishes before the reader’s eyes, without a reload', async (t) => {
    await page.evaluate(() => Object.assign(window, { sameDocument: true }));
    const awaited = page.getByRole('region', { name: 'Awaited clients' }).getByRole('row');
    await awaited.first().waitFor();
    t.equal(await awaited.count(), 9, 'a head and eight awaited clients');
    for (const index of [0, 1, 2, 3, 4, 5, 6]) {
      await golden.send(index);
      await page
        .getByText(`${index + 1} submitted`, { exact: true })
        .first()
        .waitFor();
    }
    t.match(await page.getByText(/Waiting for/).textContent(), /1 more submission \(7 of 8\)/);
    await awaited.filter({ hasText: 'client-6' }).waitFor({ state: 'detached' });
    t.equal(await awaited.count(), 2, 'a head and the last one');
    t.match(await page.locator('dl').first().textContent(), /^Submitted7of 8Awaited1of 8 invited/);

    await golden.send(7);
    await page.getByText('published', { exact: true }).first().waitFor();
    await awaited.first().waitFor({ state: 'detached' });
    await page.getByText('At this τ').or(page.getByLabel('At this τ')).first().waitFor();
    t.equal(await page.evaluate(() => 'sameDocument' in window), true);
    t.match(await page.locator('main').textContent(), /closed when full/);
  });

  const spectrum: { tau: number; modules: Module[] } = await call('GET', `${base}/spectrum`);
  const round = await call('GET', base);

  await t.test('shows the figures of the adapter', async (t) => {
    const { result } = round.adapter;
    const tiles = await page.locator('dl').first().textContent();
    t.match(tiles, `Rank${result.totalRank}/ ${result.stackedRank}`);
    t.match(tiles, `${(result.energyKept * 100).toFixed(1)} %`);
    t.match(tiles, `${(result.relativeError * 100).toFixed(1)} %of ΔW`);
    t.match(tiles, 'CPU');
  });

  await t.test('hands out the curve as the spectrum and the exact answers have it', async (t) => {
    const rows = parseRows(await readDownload(page, 'Download the energy curves as CSV'));
    t.equal(
      rows.length,
      spectrum.modules.reduce((sum, { singularValues }) => sum + singularValues.length, 0),
    );
    for (const { name, singularValues } of spectrum.modules) {
      const known = golden.expected.modules[name];
      const energy = singularValues.reduce((sum, value) => sum + value ** 2, 0);
      let sum = 0;
      for (const row of rows.filter((candidate) => candidate.module === name)) {
        const at = Number(row.index) - 1;
        sum += (singularValues[at] ?? 0) ** 2;
        if (
          Number(row.sigma) !== singularValues[at] ||
          Math.abs(Number(row.cumulativeShare) - sum / energy) > 1e-12
        ) {
          t.fail(`${name} differs from the spectrum at ${row.index}`);
        }
        const exact = known?.singularValues[at] ?? 0;
        if (Math.abs(Number(row.sigma) - exact) > 1e-6 * (known?.singularValues[0] ?? 0)) {
          t.fail(`${name} differs from the exact answer at ${row.index}`);
        }
      }
    }
  });

  await t.test('tells under the pointer which module and index it is', async (t) => {
    const chart = page.getByRole('img', { name: /Cumulative share of the energy/ });
    const box = await chart.boundingBox();
    const tip = chart.locator('div', { hasText: 'cumulative share' }).first();
    // the curve passes somewhere above this column: come down until it answers
    for (let y = 14; y < 300 && !(await tip.isVisible()); y += 8) {
      await page.mouse.move((box?.x ?? 0) + 150, (box?.y ?? 0) + y);
    }
    t.match(
      await tip.textContent(),
      /model\.layers\.0\.self_attn\.[qv]_projindex i\d+σ_i[\d.]+cumulative share[\d.]+ %/,
    );
  });

  const at95 = totalsAt(spectrum.modules, 0.95);

  await t.test('adds up what another τ would give', async (t) => {
    await page.getByRole('spinbutton', { name: 'τ' }).fill('0.95');
    const figures = page.getByLabel('At this τ');
    await figures.getByText(`${at95.totalRank}`, { exact: true }).waitFor();
    const shown = await figures.textContent();
    t.match(shown, `${(at95.energyKept * 100).toFixed(2)} %`);
    t.match(shown, `${(Math.sqrt(1 - at95.energyKept) * 100).toFixed(2)} %`);
    t.equal(
      await figures.getByTitle(/ bytes$/).getAttribute('title'),
      `${at95.parameters * 4} bytes`.replace(/\B(?=(\d{3})+ )/g, ','),
    );
    await page.waitForURL(/tau=0\.95/);
    const expected = Object.values(golden.expected.modules).reduce(
      (sum, { rankAt }) => sum + (rankAt['0.95'] ?? 0),
      0,
    );
    t.equal(at95.totalRank, expected);
    const comparison = await call('GET', `${base}/comparison`);
    const florist = comparison.methods.find(
      ({ method, tau }: { method: string; tau?: number }) => method === 'florist' && tau === 0.95,
    );
    t.equal(florist.totalRank, at95.totalRank);
  });

  await t.test('moves by keyboard', async (t) => {
    await page.getByRole('slider', { name: 'τ' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    t.equal(await page.getByRole('spinbutton', { name: 'τ' }).inputValue(), '0.952');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
  });

  await t.test('publishes at the τ found', async (t) => {
    await page.getByRole('button', { name: 'Publish at τ 0.95' }).click();
    const dialog = page.getByRole('alertdialog');
    t.match(await dialog.textContent(), /Publish another adapter of round 1 at τ 0.95\?/);
    await dialog.getByRole('button', { name: 'Publish' }).click();
    const row = page.getByRole('row', { name: /a2.*τ 0\.95.*published/ });
    await row.waitFor();
    const { items } = await call('GET', `${base}/adapters`);
    t.match(items[1], { id: 'a2', aggregation: { rank: { tau: 0.95 } } });
    t.equal(items[1].result.totalRank, at95.totalRank);
    t.match(await row.textContent(), `${at95.totalRank}`);
  });

  await t.test('shows another adapter, and makes it current once confirmed', async (t) => {
    await page.getByRole('row', { name: /^a2/ }).getByRole('button', { name: 'View' }).click();
    await page.waitForURL(/adapter=a2/);
    await page.locator('dl').first().getByText(String(at95.totalRank), { exact: true }).waitFor();
    await page.getByRole('row', { name: /^a2/ }).getByRole('button', { name: 'Make current' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Make current' }).click();
    await page.getByRole('row', { name: /^a2 ?current/ }).waitFor();
    t.equal((await call('GET', base)).adapter.id, 'a2');
  });

  await t.test('hands out the adapter through the dashboard', async (t) => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download a1' }).click(),
    ]);
    t.equal(download.suggestedFilename(), 'adapter_model.safetensors');
    const stream = await download.createReadStream();
    let bytes = 0;
    for await (const chunk of stream) {
      bytes += chunk.length;
    }
    t.equal(bytes, round.adapter.result.bytes);
  });

  await t.test('keeps its view in the URL', async (t) => {
    const copy = await newPage(OPERATOR_TOKEN);
    await copy.goto(
      `${dashboardUrl}/federations/golden/rounds/1?adapter=a1&tau=0.99&modules=${V_PROJ}&curve=sigma`,
    );
    const at99 = totalsAt(spectrum.modules, 0.99);
    await copy.getByLabel('At this τ').getByText(String(at99.totalRank), { exact: true }).waitFor();
    await copy.getByRole('radio', { name: 'σ', exact: true, checked: true }).waitFor();
    t.equal(await copy.getByLabel('Selected modules').getByRole('listitem').count(), 1);
  });

  await t.test('finds a module by typing', async (t) => {
    await page.getByRole('button', { name: 'Find a module' }).click();
    await page.getByPlaceholder('Such as 12 q_proj').fill('0 v_');
    t.equal(await page.getByRole('option').count(), 1);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    await page.waitForURL((url) => url.searchParams.get('modules') === Q_PROJ);
  });
});
