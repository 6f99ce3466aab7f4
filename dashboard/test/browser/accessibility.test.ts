import { createRequire } from 'node:module';
import type axe from 'axe-core';
import type { Page } from 'playwright-core';
import t from 'tap';
import { settled } from '../../tools/browser/settled.mjs';
import { signIn } from '../../tools/browser/signIn.mjs';
import { views } from '../../tools/browser/views.mjs';
import { seedStory } from '../../tools/seed/seedStory.mjs';
import { OPERATOR_TOKEN } from '../../tools/stack/startStack.mjs';
import { openStage } from './openStage.ts';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** A desk, and a phone under a thumb, which has larger targets. */
const SCREENS = {
  desk: { viewport: { width: 1440, height: 900 } },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true },
} as const;

/** What a theme decides; all other rules look at the same document whatever its colours. */
const RULES_OF_COLOURS = ['color-contrast', 'link-in-text-block'];

/**
 * What breaks a rule.
 * @param rules every rule of WCAG 2.2 AA that a machine can check, and axe's best practices, where left out
 */
async function violations(page: Page, rules?: string[]) {
  if (!(await page.evaluate(() => 'axe' in window))) {
    await page.addScriptTag({ path: AXE });
  }
  return page.evaluate(async (runOnly) => {
    const { axe: checker } = window as unknown as { axe: typeof axe };
    const { violations: found } = await checker.run({
      resultTypes: ['violations'],
      ...(runOnly && { runOnly }),
    });
    return found.map(({ id, nodes }) => ({
      id,
      nodes: nodes
        .slice(0, 4)
        .map(({ html, failureSummary }) => ({ html: html.slice(0, 200), failureSummary })),
    }));
  }, rules);
}

/** What stands out of the page to the right, where a reader would have to scroll sideways. */
function tooWide(page: Page) {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth <= clientWidth
      ? []
      : [...document.querySelectorAll('body *')]
          .filter((element) => element.getBoundingClientRect().right > clientWidth + 1)
          .slice(0, 5)
          .map((element) => element.outerHTML.slice(0, 120));
  });
}

t.test('nobody is shut out, on any screen in either theme', async (t) => {
  const stage = await openStage(t);
  const { dashboardUrl, newPage } = stage;
  const story = await seedStory(stage.apiUrl, OPERATOR_TOKEN, { rounds: 2 });
  const inspect = async (page: Page, name: string) => {
    await page.emulateMedia({ colorScheme: 'light' });
    await settled(page);
    t.same(await violations(page), [], `${name}, light`);
    await page.emulateMedia({ colorScheme: 'dark' });
    await settled(page);
    t.same(await violations(page, RULES_OF_COLOURS), [], `${name}, dark`);
    t.same(await tooWide(page), [], `${name} needs no scrolling sideways`);
  };
  const walk = async (screen: keyof typeof SCREENS) => {
    // axe is injected as a script, which the pages' own policy would refuse
    const page = await newPage(undefined, { ...SCREENS[screen], bypassCSP: true });
    await page.goto(`${dashboardUrl}/sign-in`);
    await inspect(page, `sign-in on a ${screen}`);
    await signIn(page, dashboardUrl, OPERATOR_TOKEN);
    for (const { name, path, prepare } of views(story)) {
      await page.goto(`${dashboardUrl}${path}`);
      await settled(page);
      await prepare?.(page);
      await inspect(page, `${name} on a ${screen}`);
    }
  };
  await Promise.all([walk('desk'), walk('phone')]);
});
