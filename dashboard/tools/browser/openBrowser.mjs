// @ts-check
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

/** Where Linux distributions put Chromium, the lightest first; CHROMIUM_PATH names another. */
const PLACES = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome'].map(
  (name) => `/usr/bin/${name}`,
);

const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/**
 * A headless Chromium that talks to nobody but the page it shows.
 * @returns {Promise<import('playwright-core').Browser>}
 */
export function openBrowser() {
  const executablePath = process.env.CHROMIUM_PATH ?? PLACES.find((place) => existsSync(place));
  if (executablePath === undefined) {
    throw new Error(`Chromium is not installed at ${PLACES.join(' or ')}; name it with CHROMIUM_PATH`);
  }
  return chromium.launch({ executablePath, args: ARGS });
}
