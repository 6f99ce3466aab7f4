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
