#!/usr/bin/env node
// @ts-check
import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { openBrowser } from './browser/openBrowser.mjs';
import { settled } from './browser/settled.mjs';
import { signIn } from './browser/signIn.mjs';
import { views } from './browser/views.mjs';
import { seedStory } from './seed/seedStory.mjs';
import { OPERATOR_TOKEN, startStack } from './stack/startStack.mjs';

const SIZES = /** @type {const} */ ({
  desktop: { width: 1440, height: 900 },
  phone: { width: 390, height: 844 },
});
const THEMES = /** @type {const} */ (['light', 'dark']);

// every page, in both themes, as wide as a desk and as narrow as a phone; only views named after the folder
const [folder = 'screenshots', ...only] = process.argv.slice(2);
const target = resolve(folder);
await mkdir(target, { recursive: true });
const stack = await startStack();
try {
  const story = await seedStory(stack.apiUrl, OPERATOR_TOKEN);
  const browser = await openBrowser();
  for (const [size, viewport] of Object.entries(SIZES)) {
    for (const theme of THEMES) {
      const context = await browser.newContext({
        viewport,
        colorScheme: theme,
        reducedMotion: 'reduce', // nothing half faded in
        hasTouch: size === 'phone',
        deviceScaleFactor: size === 'phone' ? 2 : 1,
      });
      const page = await context.newPage();
      await page.goto(`${stack.dashboardUrl}/sign-in`);
      await settled(page);
      await page.screenshot({ path: `${target}/sign-in-${size}-${theme}.png` });
      await signIn(page, stack.dashboardUrl, OPERATOR_TOKEN);
      for (const { name, path, prepare } of views(story)) {
        if (only.length > 0 && !only.includes(name)) {
          continue;
        }
        await page.goto(`${stack.dashboardUrl}${path}`);
        await settled(page);
        await prepare?.(page);
        await settled(page);
        await page.screenshot({
          path: `${target}/${name}-${size}-${theme}.png`,
          fullPage: prepare === undefined,
        });
      }
      await context.close();
    }
  }
  await browser.close();
  console.log(`Screenshots in ${target}`);
} finally {
  await stack.stop();
}
