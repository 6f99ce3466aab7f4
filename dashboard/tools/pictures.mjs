#!/usr/bin/env node
// @ts-check
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { openBrowser } from './browser/openBrowser.mjs';
import { settled } from './browser/settled.mjs';
import { signIn } from './browser/signIn.mjs';
import { seedStory } from './seed/seedStory.mjs';
import { OPERATOR_TOKEN, startStack } from './stack/startStack.mjs';

const WIDTH = 1440;

// the pictures of the README, in docs/pictures
const target = fileURLToPath(new URL('../../docs/pictures', import.meta.url));
await mkdir(target, { recursive: true });
const stack = await startStack();
try {
  const { federation, published } = await seedStory(stack.apiUrl, OPERATOR_TOKEN);
  const browser = await openBrowser();
  /** @type {[name: string, colorScheme: 'light' | 'dark', path: string, height: number][]} */
  const pictures = [
    ['round', 'light', `/federations/${federation}/rounds/${published}?tau=0.95`, 1145],
    ['federation', 'dark', `/federations/${federation}`, 1003],
  ];
  for (const [name, colorScheme, path, height] of pictures) {
    const context = await browser.newContext({
      viewport: { width: WIDTH, height },
      colorScheme,
      reducedMotion: 'reduce',
    });
    const page = await context.newPage();
    await signIn(page, stack.dashboardUrl, OPERATOR_TOKEN);
    await page.goto(`${stack.dashboardUrl}${path}`);
    await settled(page);
    await page.screenshot({ path: `${target}/${name}.png` });
    await context.close();
  }
  await browser.close();
  console.log(`Pictures in ${target}`);
} finally {
  await stack.stop();
}
