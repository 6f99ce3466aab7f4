import t from 'tap';
import { makeAdapter } from '../../tools/seed/makeAdapter.mjs';
import { published } from '../../tools/seed/seedStory.mjs';
import { OPERATOR_TOKEN } from '../../tools/stack/startStack.mjs';
import { openStage } from './openStage.ts';

const FEDERATION = 'x'.repeat(63); // as long as a slug may be, and nowhere to break it
const TOKEN = 'N'.repeat(100);
const PROJECTION = 'block_with_a_long_name.attention_with_a_long_name.query_projection_with_a_long_name';

t.test('long names stay within a phone', async (t) => {
  const { dashboardUrl, call, submit, newPage } = await openStage(t);
  await call('POST', '/v1/federations', { name: FEDERATION });
  const { token } = await call('PUT', `/v1/federations/${FEDERATION}/clients/a`);
  await call('POST', `/v1/federations/${FEDERATION}/rounds`);
  const projections = [{ name: PROJECTION, m: 16, n: 16 }];
  await submit(`/v1/federations/${FEDERATION}/rounds/1/submissions/a`, token, {
    ...makeAdapter({ layers: 2, projections, rank: 2, seed: 1, client: 0 }),
    examples: 10,
  });
  await call('POST', `/v1/federations/${FEDERATION}/rounds/1/close`);
  await published(call, FEDERATION, 1);
  await call('POST', '/v1/tokens', { name: TOKEN, role: 'viewer' });
  const page = await newPage(OPERATOR_TOKEN, { viewport: { width: 390, height: 844 }, hasTouch: true });
  const overflow = () =>
    page.evaluate(() => {
      const boxes = [document.documentElement, ...document.querySelectorAll('[role$="dialog"]')];
      return Math.max(...boxes.map(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth));
    });

  await page.goto(`${dashboardUrl}/federations/${FEDERATION}/rounds/1`);
  await page
    .getByRole('button', { name: /^Take .* off the chart$/ })
    .first()
    .waitFor();
  t.equal(await overflow(), 0, 'a module drawn bold');

  for (const [path, text] of [
    ['rounds/0', 'There is no such page'],
    ['rounds/9', 'No such round'],
  ] as const) {
    await page.goto(`${dashboardUrl}/federations/${FEDERATION}/${path}`);
    await page.getByText(text).waitFor();
    t.equal(await overflow(), 0, text);
  }

  await page.goto(`${dashboardUrl}/federations/${FEDERATION}/policy`);
  await page.getByRole('button', { name: /^Delete / }).click();
  await page.getByRole('dialog').waitFor();
  t.equal(await overflow(), 0, 'the question whether to delete, and the button that asks it');

  await page.goto(`${dashboardUrl}/tokens`);
  await page.getByRole('button', { name: /^Acts on / }).click();
  await page.getByRole('menuitem', { name: 'Revoke…' }).click();
  await page.getByRole('alertdialog').waitFor();
  t.equal(await overflow(), 0, 'the question whether to revoke a token');
});
