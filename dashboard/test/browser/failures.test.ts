import t from 'tap';
import { OPERATOR_TOKEN } from '../../tools/stack/startStack.mjs';
import { openStage } from './openStage.ts';

t.test('when things are missing or broken', async (t) => {
  const stage = await openStage(t, { worker: false });
  const { dashboardUrl, call, newPage, stopApi, startApi } = stage;
  await call('POST', '/v1/federations', { name: 'steady' });
  await call('PUT', '/v1/federations/steady/clients/a');
  await call('POST', '/v1/federations/steady/rounds');
  const page = await newPage(OPERATOR_TOKEN);

  await t.test('a federation that is none is said to be none, once', async (t) => {
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    const followed = page.waitForResponse(/\/live\/no-such/);
    await page.goto(`${dashboardUrl}/federations/no-such`);
    await page.getByText('No such federation').waitFor();
    await followed;
    await page.waitForLoadState('networkidle');
    t.equal(await page.getByRole('alert').filter({ hasText: 'No such' }).count(), 1);
    const again = asked.filter((url, at) => url.includes('/v1/') && asked.indexOf(url) !== at);
    t.strictSame(again, [], 'nothing is asked for twice, during which it would say that it loads');
  });

  await t.test('a round that is none is said to be none', async () => {
    await page.goto(`${dashboardUrl}/federations/steady/rounds/9`);
    await page.getByText('No such round').waitFor();
    await page.getByRole('link', { name: 'Federation steady' }).waitFor();
  });

  await t.test('a client that never was is said never to have been', async () => {
    await page.goto(`${dashboardUrl}/federations/steady/clients/nobody`);
    await page.getByText('No client of this name was ever registered.').waitFor();
  });

  await t.test('addresses that lead nowhere lead back', async (t) => {
    const response = await page.goto(`${dashboardUrl}/federations/steady/rounds/0`);
    t.equal(response?.status(), 404);
    await page.getByText('There is no such page').waitFor();
    const other = await newPage();
    await other.goto(`${dashboardUrl}/no-such-page`);
    await other.getByText('There is no such page').waitFor();
    t.equal(await other.title(), 'No such page · Florist');
    await page.getByRole('link', { name: 'Federation steady' }).waitFor();
    await page.getByRole('link', { name: 'All federations', exact: true }).click();
    await page.waitForURL(`${dashboardUrl}/`);
    await page.getByRole('link', { name: 'steady' }).waitFor();
  });

  await t.test('what is empty says what will be there', async (t) => {
    await page.goto(`${dashboardUrl}/federations/steady`);
    await page.getByText('No published round yet').waitFor();
    await page.goto(`${dashboardUrl}/federations/steady/rounds/1`);
    await page.getByText('No submission yet').waitFor();
    t.notMatch(await page.locator('main').textContent(), /Register/, 'nor tells to do what was done');
    await page.getByRole('region', { name: 'Awaited clients' }).waitFor();
  });

  await t.test('a lost connection shows, what was seen stays, and all heals without a reload', async (t) => {
    await page.getByText('live', { exact: true }).waitFor();
    await page.evaluate(() => Object.assign(window, { sameDocument: true }));
    await stopApi();
    await page.getByText('reconnecting').waitFor();
    t.ok(await page.getByText('collecting', { exact: true }).isVisible());

    const other = await newPage();
    await other.context().addCookies(await page.context().cookies());
    await other.goto(`${dashboardUrl}/federations/steady`);
    await other.getByText('The api does not answer').waitFor();
    await other.getByText(/What is stored is safe/).waitFor();
    await other.getByRole('button', { name: 'Try again' }).click();
    await other.getByRole('button', { name: 'Trying again…' }).waitFor();
    t.ok(await other.getByText(/What is stored is safe/).isVisible(), 'it stays while it is asked again');
    await other.goto(`${dashboardUrl}/system`);
    await other.getByText('not ready', { exact: true }).waitFor();
    t.equal(await other.getByText('Not known while the api does not answer').count(), 2);

    await page.getByRole('button', { name: 'Cancel round' }).click();
    const dialog = page.getByRole('alertdialog');
    await dialog.getByRole('button', { name: 'Cancel round' }).click();
    await dialog.getByText('The api does not answer').waitFor();
    await dialog.getByRole('button', { name: 'Keep as it is' }).click();

    await startApi();
    await call('PUT', '/v1/federations/steady/clients/b');
    await page.getByText('live', { exact: true }).waitFor();
    await page.getByRole('link', { name: 'b', exact: true }).waitFor();
    t.equal(await page.evaluate(() => 'sameDocument' in window), true);
    await other.getByText('ready', { exact: true }).waitFor();
  });

  await t.test(
    'a federation that is deleted elsewhere is said to be none, on each of its pages',
    async (t) => {
      await call('POST', '/v1/federations', { name: 'passing' });
      await call('POST', '/v1/federations/passing/rounds');
      const pages = await Promise.all([newPage(OPERATOR_TOKEN), newPage(OPERATOR_TOKEN)]);
      for (const [index, path] of ['', '/rounds/1'].entries()) {
        await pages[index]?.goto(`${dashboardUrl}/federations/passing${path}`);
        await pages[index]?.getByText('live', { exact: true }).waitFor();
      }
      await call('DELETE', '/v1/federations/passing');
      for (const each of pages) {
        await each.getByText('No such federation').waitFor();
        t.equal(await each.getByText('collecting', { exact: true }).count(), 0);
      }
    },
  );

  await t.test('nobody can sign in without the api, which is said', async () => {
    const stranger = await newPage();
    await stranger.goto(`${dashboardUrl}/sign-in`);
    await stopApi();
    await stranger.getByLabel('Token').fill(OPERATOR_TOKEN);
    await stranger.getByRole('button', { name: 'Sign in' }).click();
    await stranger.getByRole('alert').getByText('The api does not answer').waitFor();
    await startApi();
    await stranger.getByRole('button', { name: 'Sign in' }).click();
    await stranger.waitForURL(`${dashboardUrl}/`);
  });

  await t.test('events pass once, in order, also across a broken connection', async (t) => {
    const watcher = await newPage(OPERATOR_TOKEN);
    await watcher.goto(`${dashboardUrl}/federations/steady/activity?subject=client`);
    await watcher.getByText('live', { exact: true }).waitFor();
    await stopApi();
    await watcher.getByText('reconnecting').waitFor();
    await startApi();
    for (const client of ['c', 'd', 'e']) {
      await call('PUT', `/v1/federations/steady/clients/${client}`);
    }
    await watcher.getByText('e was registered').waitFor();
    const told = await watcher.locator('main ol li summary').allTextContents();
    t.same(
      told.map((text) => text.split(' registered')[0]),
      ['e', 'd', 'c', 'b', 'a'].map((client) => `${client} was`),
    );
  });

  await t.test('a history that is read while it grows holds each event once', async (t) => {
    await call('POST', '/v1/federations', { name: 'growing' });
    const reader = await newPage(OPERATOR_TOKEN);
    const read = async (): Promise<{ events: { id: string }[]; total: number }> =>
      (await reader.request.get(`${dashboardUrl}/views/federations/growing/history?limit=2000`)).json();
    let done = false;
    const registering = Promise.all(
      Array.from({ length: 4 }, async (_, line) => {
        for (let at = 0; at < 25; at++) await call('PUT', `/v1/federations/growing/clients/c-${line}-${at}`);
      }),
    ).finally(() => {
      done = true;
    });
    while (!done) await read();
    await registering;
    const { events, total } = await read();
    t.equal(total, 101, 'one that made it, and one of each client');
    t.equal(new Set(events.map(({ id }) => id)).size, total);
  });

  await t.test('a worker that is missing shows, and what follows from it', async () => {
    await page.goto(`${dashboardUrl}/system`);
    await page.getByText('No worker is alive').waitFor();
    await page.getByText('node worker/dist/main.js').waitFor();
  });

  await t.test('a Redis that is gone is named', async (t) => {
    await stage.stopRedis();
    await page.getByText('not ready', { exact: true }).waitFor();
    await page.getByRole('alert').getByText('redis cannot be used').waitFor();
    t.match(await page.locator('main').textContent(), /Submissions that were accepted are stored/);
    await page.goto(`${dashboardUrl}/federations/steady`);
    await page
      .getByText(/What is stored is safe|cannot be reached|try again/i)
      .first()
      .waitFor();
  });
});
