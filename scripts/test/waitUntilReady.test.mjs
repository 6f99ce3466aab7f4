// @ts-check
import t from 'tap';
import { waitUntilReady } from '../service/waitUntilReady.mjs';

/**
 * @param {string} name
 * @param {Promise<string>} firstEnd
 */
const member = (name, firstEnd = new Promise(() => {})) => ({
  name,
  firstEnd,
  lastLines: () => [`florist ${name}: what the ${name} said`],
  restart: async () => {},
  stop: async () => {},
});

t.test('the process that ended first is blamed, with its own words', async (t) => {
  const api = member('api', Promise.resolve('ended with code 1'));
  const worker = member('worker', new Promise((resolve) => setTimeout(resolve, 20, 'ended with code 2')));
  const wait = waitUntilReady([worker, api, member('dashboard')], async () => false);
  await t.rejects(wait, {
    name: 'Complaint',
    message: 'The api ended with code 1 before it was ready: florist api: what the api said.',
  });
});

t.test('nobody is blamed once everything is ready', async () => {
  await waitUntilReady([member('api')], async () => true);
});
