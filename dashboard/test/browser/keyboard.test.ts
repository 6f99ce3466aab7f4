import type { Locator, Page } from 'playwright-core';
import t from 'tap';
import { OPERATOR_TOKEN } from '../../tools/stack/startStack.mjs';
import { goldenRound } from './goldenRound.ts';
import { openStage } from './openStage.ts';

/** More stops than any page has before what is looked for; beyond, the focus goes in circles. */
const STOPS_MAX = 80;

/** Goes there as a reader without a mouse does, and fails where no number of steps leads there. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let stop = 0; stop < STOPS_MAX; stop++) {
    if (await target.evaluate((element) => element === document.activeElement)) {
      return;
    }
    await page.keyboard.press('Tab');
  }
  throw new Error(`the keyboard does not reach ${target}`);
}

/** Whether the focus is there, or comes there within a moment: dialogs give it back once they have closed. */
async function isFocused(target: Locator): Promise<boolean> {
  const handle = await target.elementHandle();
  return target
    .page()
    .waitForFunction((element) => element === document.activeElement, handle, { timeout: 2000 })
    .then(
      () => true,
      () => false,
    );
}

t.test('the keyboard alone is enough', async (t) => {
  const stage = await openStage(t);
  const { dashboardUrl, call, newPage } = stage;
  const golden = await goldenRound(stage, 'homogeneous', {
    federation: 'keys',
    rounds: { minSubmissions: 2 },
  });
  for (const index of golden.clients.keys()) {
    await golden.send(index);
  }
  await call('POST', '/v1/federations/keys/rounds/1/close');
  const page = await newPage();

  await t.test('to sign in', async () => {
    await page.goto(`${dashboardUrl}/sign-in`);
    await tabTo(page, page.getByLabel('Token'));
    await page.keyboard.type(OPERATOR_TOKEN);
    await page.keyboard.press('Enter');
    await page.waitForURL(`${dashboardUrl}/`);
  });

  await t.test('to skip to the content, and to find a federation and its round', async (t) => {
    await page.getByRole('link', { name: 'keys', exact: true }).waitFor();
    await page.keyboard.press('Tab');
    t.ok(await isFocused(page.getByRole('link', { name: 'Skip to the content' })), 'the first stop');
    await page.keyboard.press('Enter');
    await tabTo(page, page.getByRole('link', { name: 'keys', exact: true }));
    await page.keyboard.press('Enter');
    await page.waitForURL(`${dashboardUrl}/federations/keys`);
    await tabTo(page, page.getByRole('region', { name: 'Rounds' }).getByRole('link').first());
    await page.keyboard.press('Enter');
    await page.waitForURL(`${dashboardUrl}/federations/keys/rounds/1`);
    await page.getByText('published', { exact: true }).first().waitFor();
  });

  await t.test('to draw a module bold', async (t) => {
    const picker = page.getByRole('button', { name: 'Find a module' });
    await tabTo(page, picker);
    await page.keyboard.press('Enter');
    await page.getByPlaceholder('Such as 12 q_proj').waitFor();
    await page.keyboard.type('0 v_');
    const before = await page.getByLabel('Selected modules').getByRole('listitem').count();
    await page.keyboard.press('Enter');
    await page.waitForURL(/modules=/);
    t.not(await page.getByLabel('Selected modules').getByRole('listitem').count(), before);
    await page.keyboard.press('Escape');
    await page.getByPlaceholder('Such as 12 q_proj').waitFor({ state: 'detached' });
    t.ok(await isFocused(picker), 'and is back where it was');
  });

  await t.test('to walk over the map of ranks', async (t) => {
    const map = page.getByRole('application', { name: /^Rank of/ });
    await tabTo(page, map);
    await page.keyboard.press('ArrowRight');
    const told = page.locator('main [aria-live]').filter({ hasText: '_proj' });
    const [first] = (await call('GET', '/v1/federations/keys/rounds/1/spectrum')).modules;
    t.equal(await told.textContent(), `${first.name}, rank ${first.rank} of ${first.singularValues.length}`);
  });

  await t.test('to move τ, and to think better of publishing', async (t) => {
    const slider = page.getByRole('slider', { name: 'τ' });
    await tabTo(page, slider);
    const before = Number(await page.getByRole('spinbutton', { name: 'τ' }).inputValue());
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowLeft', 'ArrowRight']) {
      await page.keyboard.press(key);
    }
    const tau = Number(await page.getByRole('spinbutton', { name: 'τ' }).inputValue());
    t.ok(tau > before);
    const publish = page.getByRole('button', { name: `Publish at τ ${tau}` });
    await tabTo(page, publish);
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('alertdialog');
    await dialog.waitFor();
    t.ok(await dialog.evaluate((element) => element.contains(document.activeElement)));
    for (let stop = 0; stop < 5; stop++) {
      await page.keyboard.press('Tab');
      t.ok(
        await dialog.evaluate((element) => element.contains(document.activeElement)),
        'the focus stays inside',
      );
    }
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    t.ok(await isFocused(publish), 'and returns to the button');
    const { items } = await call('GET', '/v1/federations/keys/rounds/1/adapters');
    t.equal(items.length, 1, 'nothing was published');
  });

  await t.test('to open a menu, and to think better of revoking a client', async (t) => {
    await page.goto(`${dashboardUrl}/federations/keys/clients`);
    const acts = page.getByRole('button', { name: 'Acts on client-0' });
    await tabTo(page, acts);
    await page.keyboard.press('Enter');
    t.ok(await isFocused(page.getByRole('menuitem', { name: 'New token…' })));
    await page.keyboard.press('ArrowDown');
    t.ok(await isFocused(page.getByRole('menuitem', { name: 'Revoke…' })));
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('alertdialog', { name: /^Revoke client-0/ });
    await dialog.waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    t.ok(await isFocused(acts));
    t.equal((await call('GET', '/v1/federations/keys/clients')).items.length, golden.clients.length);
  });
});
