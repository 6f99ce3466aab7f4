import t from 'tap';
import { OPERATOR_TOKEN } from '../../tools/stack/startStack.mjs';
import { goldenRound } from './goldenRound.ts';
import { openStage } from './openStage.ts';

t.test('what an operator does', async (t) => {
  const stage = await openStage(t);
  const { dashboardUrl, call, newPage } = stage;
  const page = await newPage(OPERATOR_TOKEN);

  await t.test('creates a federation, in the words of the api where it is refused', async (t) => {
    await page.getByRole('link', { name: 'New federation' }).first().click();
    await page.getByLabel('Name').fill('Not A Slug');
    await page.getByRole('textbox', { name: 'τ' }).fill('1.5');
    await page.getByLabel('At most').fill('many');
    await page.getByRole('button', { name: 'Create federation' }).click();
    await page.getByText(/^must be 1 to 63 small letters/).waitFor();
    await page.getByText('must be <= 1').waitFor();
    t.equal(await page.getByLabel('Name').getAttribute('aria-invalid'), 'true');
    t.equal(await page.getByLabel('At most').getAttribute('aria-invalid'), 'true');

    await page.getByLabel('Name').fill('made-here');
    await page.getByLabel('Base model').fill('tiny/model');
    await page.getByRole('textbox', { name: 'τ' }).fill('0.85');
    await page.getByRole('radio', { name: /^F16/ }).click();
    await page.getByLabel('At least').fill('2');
    await page.getByLabel('At most').fill('4');
    await page.getByRole('textbox', { name: 'Deadline' }).fill('1.5');
    await page.getByRole('button', { name: 'Create federation' }).click();
    await page.waitForURL(`${dashboardUrl}/federations/made-here/clients`);
    t.match(await call('GET', '/v1/federations/made-here'), {
      baseModel: 'tiny/model',
      aggregation: { method: 'florist', rank: { policy: 'energy', tau: 0.85 }, dtype: 'F16' },
      rounds: { minSubmissions: 2, maxSubmissions: 4, deadlineSeconds: 5400 },
    });
  });

  await t.test('registers a client, whose token is shown once and works', async (t) => {
    await page.getByRole('button', { name: 'Register a client' }).first().click();
    await page.getByLabel('Name').fill('site-a');
    await page.getByRole('button', { name: 'Register', exact: true }).click();
    await page.getByText('Copy the token now').waitFor();
    const token = (await page.locator('pre').first().textContent()) ?? '';
    t.match(token, /^florist_made-here\.site-a\./);
    t.match(await page.locator('pre').nth(1).textContent(), token, 'the curl line is ready to run');
    t.match(await call('GET', '/v1/federations/made-here', undefined, token), { name: 'made-here' });
    await page.keyboard.press('Escape');
    t.ok(await page.getByText('Copy the token now').isVisible(), 'a slip of the hand does not lose it');
    await page.getByRole('button', { name: 'I have copied the token' }).click();
    await page.getByRole('link', { name: 'site-a' }).waitFor();
    t.notMatch(await page.content(), token);

    await page.getByRole('button', { name: 'Acts on site-a' }).click();
    await page.getByRole('menuitem', { name: 'New token…' }).click();
    await page.getByRole('button', { name: 'Give a new token' }).click();
    const renewed = (await page.locator('pre').first().textContent()) ?? '';
    t.not(renewed, token);
    await t.rejects(call('GET', '/v1/federations/made-here', undefined, token), /401/);
    await page.getByRole('button', { name: 'I have copied the token' }).click();

    await page.getByRole('button', { name: 'Acts on site-a' }).click();
    await page.getByRole('menuitem', { name: 'New token…' }).click();
    await page.getByRole('radio', { name: /^In an hour/ }).click();
    await page.getByRole('button', { name: 'Give a new token' }).click();
    const latest = (await page.locator('pre').first().textContent()) ?? '';
    for (const each of [renewed, latest]) {
      t.match(await call('GET', '/v1/federations/made-here', undefined, each), { name: 'made-here' });
    }
    await page.getByRole('button', { name: 'I have copied the token' }).click();

    await page.getByRole('button', { name: 'Acts on site-a' }).click();
    await page.getByRole('menuitem', { name: 'Revoke…' }).click();
    const dialog = page.getByRole('alertdialog');
    t.match(await dialog.textContent(), /Revoke site-a from made-here\?.*stops working at once/);
    await dialog.getByRole('button', { name: 'Revoke client' }).click();
    await page.getByText('No client yet').waitFor();
    for (const each of [renewed, latest]) {
      await t.rejects(call('GET', '/v1/federations/made-here', undefined, each), /401/);
    }
  });

  await t.test('refuses a name that is no slug, in words', async (t) => {
    await page.getByRole('button', { name: 'Register a client' }).first().click();
    await page.getByLabel('Name').fill('Site/A');
    await page.getByRole('button', { name: 'Register', exact: true }).click();
    await page.getByText(/^must be 1 to 63 small letters/).waitFor();
    t.equal(await page.getByLabel('Name').getAttribute('aria-invalid'), 'true');
    await page.keyboard.press('Escape');
  });

  await t.test('changes policies for the rounds to come', async (t) => {
    await page.getByRole('link', { name: 'Policy' }).click();
    await page.getByRole('radio', { name: /^By size/ }).click();
    await page.getByLabel('Size, in MB').fill('2.5');
    await page.getByLabel('At most').fill('');
    await page.getByRole('button', { name: 'Save policies' }).click();
    await page.getByText(/^Saved/).waitFor();
    const { aggregation, rounds } = await call('GET', '/v1/federations/made-here');
    t.same(aggregation.rank, { policy: 'budget', bytes: 2_500_000 });
    t.equal(rounds.maxSubmissions, undefined);
  });

  await t.test('opens a round, which can be cancelled', async (t) => {
    await page.getByRole('button', { name: 'Open round 1' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Open round 1' }).click();
    await page.waitForURL(`${dashboardUrl}/federations/made-here/rounds/1`);
    await page.getByText('collecting', { exact: true }).waitFor();

    await page.getByText('No client is registered yet').waitFor();
    const close = page.getByRole('button', { name: 'Close and aggregate' });
    t.equal(await close.getAttribute('aria-disabled'), 'true');
    await close.focus();
    await page.getByRole('tooltip').getByText('2 more needed before it can close.').waitFor();
    await page.keyboard.press('Enter');
    t.equal(await page.getByRole('alertdialog').count(), 0, 'what would be refused is not asked');

    await page.getByRole('button', { name: 'Cancel round' }).click();
    const cancel = page.getByRole('alertdialog');
    t.match(await cancel.textContent(), /Cancel round 1 of made-here\?.*cannot be undone/);
    await cancel.getByRole('button', { name: 'Cancel round' }).click();
    await page.getByText('cancelled', { exact: true }).waitFor();
    t.equal((await call('GET', '/v1/federations/made-here/rounds/1')).state, 'cancelled');
  });

  await t.test('takes a submission out of a round that collects, and closes it', async (t) => {
    const golden = await goldenRound(stage, 'homogeneous', {
      federation: 'by-hand',
      rounds: { minSubmissions: 2 },
    });
    for (const index of [0, 1, 2]) {
      await golden.send(index);
    }
    await page.goto(`${dashboardUrl}/federations/by-hand/rounds/1`);
    await page.getByRole('button', { name: 'Remove the submission of client-1' }).click();
    const dialog = page.getByRole('alertdialog');
    t.match(await dialog.textContent(), /Remove the submission of client-1 from round 1\?.*100 examples/);
    await dialog.getByRole('button', { name: 'Remove submission' }).click();
    await page.getByText('2 submitted', { exact: true }).waitFor();
    const { items } = await call('GET', '/v1/federations/by-hand/rounds/1/submissions');
    t.same(
      items.map(({ client }: { client: string }) => client),
      ['client-0', 'client-2'],
    );
    await page.getByRole('button', { name: 'Close and aggregate' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Close and aggregate' }).click();
    await page.getByText('published', { exact: true }).first().waitFor();
    t.match(await page.locator('main').textContent(), /closed by an operator/);
  });

  await t.test('learns why a round failed, and retries it', async (t) => {
    const golden = await goldenRound(stage, 'homogeneous', {
      federation: 'doomed',
      rounds: { minSubmissions: 2, maxSubmissions: 2 },
      aggregation: { method: 'ffa-lora' },
    });
    await page.goto(`${dashboardUrl}/federations/doomed/rounds/1`);
    await page.getByText('live', { exact: true }).waitFor();
    await golden.send(0);
    await golden.send(1);
    await page.getByText('Aggregation failed: the clients’ A factors differ').waitFor();
    await page.getByText('All submissions are stored.').waitFor();
    await page.locator('main').getByRole('link', { name: 'Policy' }).click();
    await page.getByRole('radio', { name: /^FLoRIST/ }).click();
    await page.getByRole('radio', { name: /^F16/ }).click();
    await page.getByRole('button', { name: 'Save policies' }).click();
    await page.getByText(/^Saved/).waitFor();
    await page.goBack();
    await page.getByRole('button', { name: 'Retry aggregation' }).click();
    const dialog = page.getByRole('alertdialog');
    t.match(await dialog.textContent(), /same 2 submissions, under today’s policies: FLoRIST · τ 0.90, F16/);
    await dialog.getByRole('button', { name: 'Retry aggregation' }).click();
    await page.getByText('Aggregation was started again').waitFor();
    await page.getByText('published', { exact: true }).first().waitFor();
    const { adapter } = await call('GET', '/v1/federations/doomed/rounds/1');
    t.match(adapter.aggregation, { method: 'florist', dtype: 'F16' });
  });

  await t.test('takes a submission out of a round that failed, while enough are left to retry', async (t) => {
    const golden = await goldenRound(stage, 'homogeneous', {
      federation: 'pruned',
      rounds: { minSubmissions: 2, maxSubmissions: 3 },
      aggregation: { method: 'ffa-lora' },
    });
    for (const index of [0, 1, 2]) {
      await golden.send(index);
    }
    await page.goto(`${dashboardUrl}/federations/pruned/rounds/1`);
    await page.getByText('Aggregation failed: the clients’ A factors differ').waitFor();
    const dialog = page.getByRole('alertdialog');
    await page.getByRole('button', { name: 'Remove the submission of client-1' }).click();
    t.match(await dialog.textContent(), /The round can be retried without it/);
    await dialog.getByRole('button', { name: 'Remove submission' }).click();
    await page.getByText('2 submitted', { exact: true }).waitFor();

    await page.getByRole('button', { name: 'Remove the submission of client-2' }).click();
    t.match(await dialog.textContent(), /needs 2 submissions: with fewer it cannot be retried any more/);
    await dialog.getByRole('button', { name: 'Remove submission' }).click();
    await page.getByText('1 submitted', { exact: true }).waitFor();
    const retry = page.getByRole('button', { name: 'Retry aggregation' });
    t.equal(await retry.getAttribute('aria-disabled'), 'true');
    await retry.focus();
    await page.getByRole('tooltip').getByText('Too few submissions are left: it needs 2.').waitFor();
  });

  await t.test('reads what happened, filtered, from the URL', async (t) => {
    await page.goto(`${dashboardUrl}/federations/made-here/activity?subject=client`);
    await page.getByText('site-a was removed').waitFor();
    const events = page.locator('main ol li summary');
    t.same(
      (await events.allTextContents()).map((text) => text.replace(/(just now|\d+ \w+ ago).*$/, '')),
      [
        'site-a was removed',
        'site-a was given a new token',
        'site-a was given a new token',
        'site-a was registered',
      ],
    );
    await call('PUT', '/v1/federations/made-here/clients/site-b');
    await page.getByText('site-b was registered').waitFor();
  });

  await t.test('deletes a federation only after typing its name', async (t) => {
    await page.goto(`${dashboardUrl}/federations/made-here/policy`);
    await page.getByRole('button', { name: 'Delete made-here…' }).click();
    const remove = page.getByRole('button', { name: 'Delete for good' });
    t.ok(await remove.isDisabled());
    const confirmation = page.getByLabel('Type made-here to confirm');
    await confirmation.fill('made-here');
    await page.getByRole('button', { name: 'Keep it' }).click();
    await page.getByRole('button', { name: 'Delete made-here…' }).click();
    t.equal(await confirmation.inputValue(), '', 'what was typed before confirms nothing');
    t.ok(await remove.isDisabled());
    await confirmation.fill('made-here');
    await remove.click();
    await page.waitForURL(`${dashboardUrl}/`);
    await t.rejects(call('GET', '/v1/federations/made-here'), /404/);
  });
});
