import t from 'tap';
import { OPERATOR_TOKEN, VIEWER_TOKEN } from '../../tools/stack/startStack.mjs';
import { openStage } from './openStage.ts';

t.test('tokens and the trail', async (t) => {
  const stage = await openStage(t, { worker: false });
  const { dashboardUrl, call, newPage } = stage;
  await call('POST', '/v1/federations', { name: 'quiet' });
  const page = await newPage(OPERATOR_TOKEN);

  await t.test('a token is made, seen once, and works', async (t) => {
    await page.getByRole('link', { name: 'Tokens' }).click();
    await page.getByRole('button', { name: 'New token' }).first().click();
    await page.getByLabel('Name').fill('Ada');
    await page.getByRole('radio', { name: /^Operator/ }).click();
    await page.getByRole('textbox', { name: 'Federations' }).fill('nowhere');
    await page.getByRole('button', { name: 'Make token' }).click();
    await page.getByText('There is no federation nowhere.').first().waitFor();
    await page.getByRole('textbox', { name: 'Federations' }).fill('quiet');
    await page.getByRole('button', { name: 'Make token' }).click();
    await page.getByText('Copy the token now').waitFor();
    const token = (await page.locator('pre').first().textContent()) ?? '';
    t.match(token, /^florist_tk-/);
    t.match(await page.locator('pre').nth(1).textContent(), token, 'the curl line is ready to run');
    t.match(await call('GET', '/v1/identity', undefined, token), { name: 'Ada', federations: ['quiet'] });
    await page.keyboard.press('Escape');
    t.ok(await page.getByText('Copy the token now').isVisible(), 'a slip of the hand does not lose it');
    await page.getByRole('button', { name: 'I have copied the token' }).click();
    await page.getByRole('cell', { name: 'Ada', exact: true }).waitFor();
    t.notMatch(await page.content(), token);

    const limited = await newPage(token);
    await limited.getByRole('link', { name: 'quiet' }).waitFor();
    t.same(
      await limited
        .getByRole('banner')
        .getByRole('link', { name: /^(Tokens|Audit|System)$/ })
        .allTextContents(),
      ['Audit'],
    );
    t.equal(await limited.getByRole('link', { name: 'New federation' }).count(), 0);
    await limited.goto(`${dashboardUrl}/tokens`);
    await limited.getByText('Your token may not see the tokens').waitFor();
    await limited.goto(`${dashboardUrl}/audit`);
    await limited.getByRole('cell', { name: 'createFederation' }).waitFor();
    await limited.goto(`${dashboardUrl}/federations/quiet`);
    await limited.getByText('live', { exact: true }).waitFor();

    await page.getByRole('button', { name: 'Acts on Ada' }).click();
    await page.getByRole('menuitem', { name: 'New secret…' }).click();
    await page.getByRole('radio', { name: /^In an hour/ }).click();
    await page.getByRole('button', { name: 'Give a new secret' }).click();
    await page.getByText('Copy the token now').waitFor();
    const renewed = (await page.locator('pre').first().textContent()) ?? '';
    for (const each of [token, renewed]) {
      t.match(await call('GET', '/v1/identity', undefined, each), { name: 'Ada' });
    }
    await page.getByRole('button', { name: 'I have copied the token' }).click();

    const phone = await newPage(OPERATOR_TOKEN, { viewport: { width: 390, height: 844 } });
    await phone.goto(`${dashboardUrl}/tokens`);
    const place = await phone.getByRole('button', { name: 'Acts on Ada' }).boundingBox();
    t.ok(place && place.x + place.width <= 390, 'a phone shows the acts without scrolling sideways');

    await page.getByRole('button', { name: 'Acts on Ada' }).click();
    await page.getByRole('menuitem', { name: 'Revoke…' }).click();
    const dialog = page.getByRole('alertdialog');
    t.match(await dialog.textContent(), /Revoke the token of Ada\?.*refused from the next request on/);
    await dialog.getByRole('button', { name: 'Revoke token' }).click();
    await page.getByText('No token yet').waitFor();
    await limited.waitForURL(`${dashboardUrl}/sign-in?reason=token&next=%2Ffederations%2Fquiet`);
    await limited.getByText('Your token has expired or was revoked').waitFor();
    for (const each of [token, renewed]) {
      await t.rejects(call('GET', '/v1/identity', undefined, each), /401/);
    }
  });

  await t.test('the trail shows all of it, and its filters are in the URL', async (t) => {
    await page.getByRole('link', { name: 'Audit' }).click();
    for (const action of ['createToken', 'rotateToken', 'revokeToken']) {
      await page.getByRole('cell', { name: action }).first().waitFor();
    }
    await page.getByRole('textbox', { name: 'Federation' }).fill('quiet');
    await page.getByRole('cell', { name: 'createToken' }).first().waitFor({ state: 'detached' });
    await page.getByRole('cell', { name: 'createFederation' }).waitFor();
    await page.waitForURL(`${dashboardUrl}/audit?federation=quiet`);
    await page.goto(`${dashboardUrl}/audit?who=nobody`);
    await page.getByText('Nothing of that kind').waitFor();
    t.equal(await page.getByRole('textbox', { name: 'Who' }).inputValue(), 'nobody');
  });

  await t.test('a viewer is not led there, and told why where it comes by itself', async (t) => {
    const viewer = await newPage(VIEWER_TOKEN);
    await viewer.getByRole('link', { name: 'quiet' }).waitFor();
    t.equal(await viewer.getByRole('link', { name: 'Tokens' }).count(), 0);
    await viewer.goto(`${dashboardUrl}/audit`);
    await viewer.getByText('Your token may not see the trail').waitFor();
  });
});
