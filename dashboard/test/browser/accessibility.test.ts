import { createRequire } from 'node:module';
import type axe from 'axe-core';
import type { Page } from 'playwright-core';
import t from 'tap';
import { settled } from '../../tools/browser/settled.mjs';
import { views } from '../../tools/browser/views.mjs';
import { seedStory } from '../../tools/seed/seedStory.mjs';
import { OPERATOR_TOKEN } from '../../tools/stack/startStack.mjs';
import { openStage } from './openStage.ts';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** Every rule of WCAG 2.2 AA that a machine can check, and axe's best practices. */
async function violations(page: Page) {
  if (!(await page.evaluate(() => 'axe' in window))) {
    await page.addScriptTag({ path: AXE });
  }
  return page.evaluate(async () => {
    const { axe: checker } = window as unknown as { axe: typeof axe };
    const { violations: found } = await checker.run();
    return found.map(({ id, nodes }) => ({
      id,
      nodes: nodes
        .slice(0, 4)
        .map(({ html, failureSummary }) => ({ html: html.slice(0, 200), failureSummary })),
    }));
  });
}

t.test('nobody is shut out', async (t) => {
  const stage = await openStage(t);
  const { dashboardUrl, newPage } = stage;
  const story = await seedStory(stage.apiUrl, OPERATOR_TOKEN, { rounds: 2 });
  for (const colorScheme of ['light', 'dark'] as const) {
    // axe is injected as a script, which the pages' own policy would refuse
    const page = await newPage(undefined, { colorScheme, bypassCSP: true });
    await page.goto(`${dashboardUrl}/sign-in`);
    t.same(await violations(page), [], `sign-in, ${colorScheme}`);
    await page.getByLabel('Token').fill(OPERATOR_TOKEN);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL(`${dashboardUrl}/`);
    for (const { name, path, prepare } of views(story)) {
      await page.goto(`${dashboardUrl}${path}`);
      await settled(page);
      await prepare?.(page);
      await settled(page);
      t.same(await violations(page), [], `${name}, ${colorScheme}`);
    }
    await page.context().close();
  }
});

t.test('fits a phone and the keyboard', async (t) => {
  const stage = await openStage(t);
  const { dashboardUrl, newPage } = stage;
  const story = await seedStory(stage.apiUrl, OPERATOR_TOKEN, { rounds: 1 });

  await t.test('no page is wider than a phone', async (t) => {
    const page = await newPage(OPERATOR_TOKEN, { viewport: { width: 360, height: 740 }, hasTouch: true });
    for (const { name, path } of views(story)) {
      await page.goto(`${dashboardUrl}${path}`);
      await settled(page);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      t.ok(width <= 360, `${name} is ${width} pixels wide`);
    }
  });

  await t.test('the map of ranks moves and selects by arrow keys', async (t) => {
    const page = await newPage(OPERATOR_TOKEN);
    await page.goto(`${dashboardUrl}/federations/${story.federation}/rounds/1?modules=none`);
    await settled(page);
    await page.getByRole('application', { name: /Rank of 48 modules/ }).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL(/modules=model\.layers\.1\.self_attn/);
    t.equal(await page.getByLabel('Selected modules').getByRole('listitem').count(), 1);
  });

  await t.test('the first stop of the keyboard leads past the bar', async (t) => {
    const page = await newPage(OPERATOR_TOKEN);
    await page.goto(dashboardUrl);
    await page.keyboard.press('Tab');
    t.equal(await page.evaluate(() => document.activeElement?.textContent), 'Skip to the content');
  });
});
