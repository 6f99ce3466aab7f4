import t from 'tap';
import { OPERATOR_TOKEN, VIEWER_TOKEN } from '../../tools/stack/startStack.mjs';
import { openStage } from './openStage.ts';

t.test('signing in', async (t) => {
  const stage = await openStage(t, { worker: false });
  const { dashboardUrl, call, newPage } = stage;
  await call('POST', '/v1/federations', { name: 'quiet' });
  const { token: clientToken } = await call('PUT', '/v1/federations/quiet/clients/a');

  await t.test('strangers are sent to sign in, and then to where they wanted', async (t) => {
    const page = await newPage();
    await page.goto(`${dashboardUrl}/federations/quiet/clients?q=a`);
    t.match(page.url(), /\/sign-in\?next=/);
    await page.getByLabel('Token').fill(OPERATOR_TOKEN);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL(`${dashboardUrl}/federations/quiet/clients?q=a`);
    await page.getByRole('heading', { name: 'quiet' }).waitFor();
  });

  await t.test('the token stays out of reach of scripts', async (t) => {
    const page = await newPage(OPERATOR_TOKEN);
    const [cookie] = (await page.context().cookies()).filter(({ name }) =>
      name.startsWith('florist-session'),
    );
    t.match(cookie, { httpOnly: true, sameSite: 'Strict' });
    t.equal(await page.evaluate(() => document.cookie.includes('session')), false);
    const seen = await page.evaluate(
      () => document.documentElement.outerHTML + JSON.stringify({ ...localStorage }),
    );
    t.notMatch(seen, OPERATOR_TOKEN);
  });

  await t.test(
    'a token that is none is refused in the words of the api, which knows who tried',
    async (t) => {
      const page = await newPage();
      await page.goto(`${dashboardUrl}/sign-in`);
      await page.getByLabel('Token').fill('no-such-token-at-all');
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('alert').getByText('The bearer token is not valid').waitFor();
      const { items } = await call('GET', '/v1/audit?limit=1');
      t.match(items[0], { code: 'token_invalid', userAgent: /Chrome/ });
    },
  );

  await t.test('the token of a client is refused with a reason', async () => {
    const page = await newPage();
    await page.goto(`${dashboardUrl}/sign-in`);
    await page.getByLabel('Token').fill(clientToken);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').getByText('This is a client’s token').waitFor();
  });

  await t.test('a viewer sees everything and is offered nothing that it may not do', async (t) => {
    const page = await newPage(VIEWER_TOKEN);
    await page.getByRole('link', { name: 'quiet' }).waitFor();
    await page.getByRole('banner').getByText('viewer', { exact: true }).waitFor();
    t.equal(await page.getByRole('link', { name: 'New federation' }).count(), 0);
    await page.goto(`${dashboardUrl}/federations/quiet/clients`);
    await page.getByRole('link', { name: 'a', exact: true }).waitFor();
    t.equal(await page.getByRole('button', { name: 'Register a client' }).count(), 0);
    t.equal(await page.getByRole('button', { name: 'Acts on a' }).count(), 0);
    await page.goto(`${dashboardUrl}/federations/quiet/policy`);
    await page.getByText('Your token may only read').waitFor();
    t.equal(await page.getByRole('button', { name: 'Save policies' }).count(), 0);
    t.ok(await page.getByRole('radio', { name: /FedIT/ }).isDisabled());
  });

  await t.test('what a viewer asks for regardless the api refuses', async (t) => {
    const page = await newPage(VIEWER_TOKEN);
    const status = await page.evaluate(async () => {
      const response = await fetch('/api/v1/federations/quiet/rounds', { method: 'POST' });
      return response.status;
    });
    t.equal(status, 403);
  });

  await t.test('other sites can change nothing, whatever cookie they send along', async (t) => {
    const page = await newPage(OPERATOR_TOKEN);
    const [cookie] = (await page.context().cookies()).filter(({ name }) =>
      name.startsWith('florist-session'),
    );
    const send = (headers: Record<string, string>) =>
      fetch(`${dashboardUrl}/api/v1/federations/quiet/rounds`, {
        method: 'POST',
        headers: { cookie: `${cookie?.name}=${cookie?.value}`, ...headers },
      });
    t.equal((await send({ origin: 'https://evil.example' })).status, 403);
    t.equal((await send({ 'sec-fetch-site': 'cross-site' })).status, 403);
    t.equal((await send({})).status, 403);
    t.equal((await call('GET', '/v1/federations/quiet/rounds')).items.length, 0);
    t.equal((await send({ origin: dashboardUrl })).status, 201, 'its own pages can');
  });

  await t.test('pages come with headers that keep foreign scripts and frames out', async (t) => {
    const policies = await Promise.all(
      [1, 2].map(async () => {
        const response = await fetch(`${dashboardUrl}/sign-in`);
        t.equal(response.headers.get('x-content-type-options'), 'nosniff');
        t.equal(response.headers.get('x-frame-options'), 'DENY');
        t.equal(response.headers.get('x-powered-by'), null);
        return response.headers.get('content-security-policy') ?? '';
      }),
    );
    t.match(policies[0], /script-src 'self' 'nonce-[^']+' 'strict-dynamic'/);
    t.not(policies[0], policies[1], 'each answer has a nonce of its own');
  });

  await t.test('an injected script does not run', async (t) => {
    const page = await stage.browser.newPage();
    await page.goto(`${dashboardUrl}/sign-in`);
    const ran = await page.evaluate(() => {
      const script = document.createElement('div');
      script.innerHTML = '<img src="x:" onerror="window.injected = true">';
      document.body.append(script);
      return new Promise((resolve) => setTimeout(() => resolve('injected' in window), 200));
    });
    t.equal(ran, false);
  });

  await t.test('signing out forgets the token', async () => {
    const page = await newPage(OPERATOR_TOKEN);
    await page.getByRole('button', { name: /Signed in as operator/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.waitForURL(`${dashboardUrl}/sign-in`);
    await page.goto(dashboardUrl);
    await page.waitForURL(/\/sign-in/);
  });

  await t.test('a session that the api no longer knows leads back to signing in', async () => {
    const page = await newPage(OPERATOR_TOKEN);
    // the page that is left would ask with the revoked token too, and lead to the sign-in page first
    await page.goto('about:blank');
    const cookies = await page.context().cookies();
    await page
      .context()
      .addCookies(
        cookies.map((cookie) =>
          cookie.name.startsWith('florist-session')
            ? { ...cookie, value: 'operator.a-token-that-was-revoked' }
            : cookie,
        ),
      );
    await page.goto(`${dashboardUrl}/federations/quiet`);
    await page.waitForURL(`${dashboardUrl}/sign-in?reason=token&next=%2Ffederations%2Fquiet`, {
      waitUntil: 'commit',
    });
    await page.getByText('Your token has expired or was revoked').waitFor();
    await page.getByText('Sign in again to return to /federations/quiet.').waitFor();
    await page.getByLabel('Token').waitFor();
  });

  await t.test('a token that may not see a page is told so', async () => {
    await call('POST', '/v1/federations', { name: 'other' });
    const page = await newPage(OPERATOR_TOKEN);
    const cookies = await page.context().cookies();
    const session = cookies.filter(({ name }) => name.startsWith('florist-session'));
    // what the cookie says of the role only decides what is offered; the api goes by the token
    await page
      .context()
      .addCookies(session.map((cookie) => ({ ...cookie, value: `operator.${clientToken}` })));
    await page.goto(`${dashboardUrl}/federations/other`);
    await page.getByText('Your token may not see').first().waitFor();
    await page.getByText('Ask an operator, or sign in with another token.').first().waitFor();
  });

  await t.test('a theme is kept, and arrives with the page', async (t) => {
    const page = await newPage(OPERATOR_TOKEN);
    await page.getByRole('button', { name: /Signed in as operator/ }).click();
    await page.getByRole('menuitemradio', { name: 'Dark' }).click();
    const html = await page.reload().then((response) => response?.text());
    t.match(html, /<html[^>]*data-theme="dark"/);
  });
});
