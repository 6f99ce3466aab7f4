#!/usr/bin/env node
// @ts-check
import { openBrowser } from './browser/openBrowser.mjs';
import { settled } from './browser/settled.mjs';
import { signIn } from './browser/signIn.mjs';
import { measureInteractions } from './budget/measureInteractions.mjs';
import { measureLoad } from './budget/measureLoad.mjs';
import { startSyntheticApi } from './budget/startSyntheticApi.mjs';
import { FEDERATION } from './budget/syntheticRound.mjs';
import { startDashboard } from './stack/startStack.mjs';

const SCRIPT_BYTES_MAX = 500_000; // compressed, of any page
const INTERACTION_MS_MAX = 100;

// Prints a table, and fails beyond a limit: loads every page with an empty cache, and works on a round of 560
// modules with 1,600 singular values each.
const api = await startSyntheticApi();
const dashboard = await startDashboard(api.url);
let within = true;
try {
  const browser = await openBrowser();
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const first = await context.newPage();
  await signIn(first, dashboard.url, 'any-token-of-an-operator');
  await first.close();
  const base = `/federations/${FEDERATION}`;
  const paths = {
    federations: '/',
    new: '/new',
    federation: base,
    round: `${base}/rounds/${api.round}`,
    clients: `${base}/clients`,
    activity: `${base}/activity`,
    policy: `${base}/policy`,
    system: '/system',
  };
  console.log('page           script kB  all kB  requests  interactive ms');
  for (const [name, path] of Object.entries(paths)) {
    const { page, load } = await measureLoad(context, `${dashboard.url}${path}`, settled);
    const fits = load.scriptBytes <= SCRIPT_BYTES_MAX;
    within &&= fits;
    const figures = [
      (load.scriptBytes / 1000).toFixed(0).padStart(9),
      (load.bytes / 1000).toFixed(0).padStart(6),
      String(load.requests).padStart(8),
      load.interactiveMs.toFixed(0).padStart(14),
    ];
    console.log(`${name.padEnd(14)} ${figures.join('  ')}${fits ? '' : '  over budget'}`);
    if (name === 'round') {
      for (const { name: act, worstMs } of await measureInteractions(page)) {
        const quick = worstMs <= INTERACTION_MS_MAX;
        within &&= quick;
        console.log(
          `  ${act.padEnd(30)} ${worstMs.toFixed(0).padStart(5)} ms at worst${quick ? '' : '  over budget'}`,
        );
      }
    }
    await page.close();
  }
  await browser.close();
} finally {
  await dashboard.stop();
  await api.stop();
}
process.exitCode = within ? 0 : 1;
