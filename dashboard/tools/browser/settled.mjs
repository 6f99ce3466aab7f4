// @ts-check

/**
 * Waits until nothing on the page is loading and the fonts are there.
 * @param {import('playwright-core').Page} page
 */
export async function settled(page) {
  await page.waitForFunction(
    () =>
      document.querySelector('[role="status"][aria-label^="Loading"], .animate-skeleton') === null &&
      document.fonts.status === 'loaded',
  );
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );
}
