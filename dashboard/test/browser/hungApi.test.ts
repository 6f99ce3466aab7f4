import { createServer } from 'node:http';
import t from 'tap';
import { openBrowser } from '../../tools/browser/openBrowser.mjs';
import { signIn } from '../../tools/browser/signIn.mjs';
import { startDashboard } from '../../tools/stack/startStack.mjs';

/** Knows whose token it is, and takes every other request without ever answering. */
async function startHungApi() {
  const server = createServer(({ url }, response) => {
    if (url === '/v1/identity') {
      response.setHeader('content-type', 'application/json').end('{"role":"operator"}');
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

t.test('an api that takes requests and answers none keeps no page away, and is named', async (t) => {
  const api = await startHungApi();
  t.teardown(api.stop);
  const dashboard = await startDashboard(api.url);
  t.teardown(() => dashboard.stop());
  const browser = await openBrowser();
  t.teardown(() => browser.close());
  const page = await browser.newPage();
  await signIn(page, dashboard.url, 'any');

  await page.goto(dashboard.url, { timeout: 10_000 });
  await page.getByRole('heading', { name: 'Federations' }).waitFor();
  await page.getByRole('alert').getByText('said nothing for 20 s').waitFor();
  await page.goto(`${dashboard.url}/system`);
  await page.getByText('not ready', { exact: true }).waitFor();
});
