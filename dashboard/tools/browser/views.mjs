// @ts-check

/**
 * @typedef {object} View
 * @property {string} name
 * @property {string} path
 * @property {(page: import('playwright-core').Page) => Promise<void>} [prepare] brings it into the state to be seen
 */

/**
 * Every page of the dashboard, and the states of it that look different.
 * @param {{ federation: string, published: number, collecting: number }} story
 * @returns {View[]}
 */
export function views({ federation, published, collecting }) {
  const base = `/federations/${federation}`;
  return [
    { name: 'federations', path: '/' },
    { name: 'new-federation', path: '/new' },
    { name: 'federation', path: base },
    { name: 'federation-empty', path: '/federations/museum-captions' },
    { name: 'federation-missing', path: '/federations/no-such-federation' },
    { name: 'round-published', path: `${base}/rounds/${published}` },
    { name: 'round-sigma', path: `${base}/rounds/${published}?curve=sigma&map=sigma&tau=0.95` },
    { name: 'round-collecting', path: `${base}/rounds/${collecting}` },
    {
      name: 'round-confirm',
      path: `${base}/rounds/${collecting}`,
      prepare: async (page) => {
        await page.getByRole('button', { name: 'Cancel round' }).click();
        await page.getByRole('alertdialog').waitFor();
      },
    },
    {
      name: 'module-picker',
      path: `${base}/rounds/${published}`,
      prepare: async (page) => {
        await page.getByRole('button', { name: 'Find a module' }).click();
        await page.getByPlaceholder('Such as 12 q_proj').fill('3 proj');
      },
    },
    { name: 'clients', path: `${base}/clients` },
    { name: 'client', path: `${base}/clients/hospital-ghent` },
    {
      name: 'client-token',
      path: `${base}/clients`,
      prepare: async (page) => {
        await page.getByRole('button', { name: 'Acts on hospital-basel' }).click();
        await page.getByRole('menuitem', { name: 'New token…' }).click();
        await page.getByRole('button', { name: 'Give a new token' }).click();
        await page.getByRole('button', { name: 'I have copied the token' }).waitFor();
      },
    },
    { name: 'activity', path: `${base}/activity` },
    { name: 'policy', path: `${base}/policy` },
    {
      name: 'policy-open',
      path: `${base}/policy`,
      prepare: async (page) => {
        const choose = (/** @type {string} */ group, /** @type {string} */ label) =>
          page.getByRole('radiogroup', { name: group }).getByRole('radio', { name: label }).click();
        await choose('Whom a round invites', 'A number');
        await page.getByLabel('Deadline', { exact: true }).fill('2');
        await choose('A submission that comes too late', 'Carry it over');
        for (const name of ['Clip', 'Cosine', 'Multi-Krum'])
          await page.getByRole('checkbox', { name }).check();
        await choose('How τ is chosen among candidates', 'Smallest that is good enough');
      },
    },
    { name: 'system', path: '/system' },
    { name: 'tokens', path: '/tokens' },
    {
      name: 'token-new',
      path: '/tokens',
      prepare: async (page) => {
        await page.getByRole('button', { name: 'New token' }).first().click();
        await page.getByLabel('Name').fill('nightly-report');
        await page.getByRole('button', { name: 'Make token' }).click();
        await page.getByRole('button', { name: 'I have copied the token' }).waitFor();
      },
    },
    { name: 'audit', path: '/audit' },
    { name: 'audit-nothing', path: '/audit?who=nobody' },
    { name: 'not-found', path: '/no-such-page' },
  ];
}
