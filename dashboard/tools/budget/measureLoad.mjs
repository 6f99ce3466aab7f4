// @ts-check

/** Nothing long may have run for this long before a page counts as ready for the reader, in milliseconds. */
const QUIET_MS = 500;

/**
 * @typedef {object} Load
 * @property {number} scriptBytes as they came over the line
 * @property {number} bytes of everything
 * @property {number} requests
 * @property {number} interactiveMs from the start of navigation to the end of the last long task before quiet
 */

/**
 * Opens a page with an empty cache and measures what it took.
 *
 * @param {import('playwright-core').BrowserContext} context
 * @param {string} url
 * @param {(page: import('playwright-core').Page) => Promise<unknown>} ready resolves when what matters is drawn
 * @returns {Promise<{ page: import('playwright-core').Page, load: Load }>}
 */
export async function measureLoad(context, url, ready) {
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.setCacheDisabled', { cacheDisabled: true });
  /** @type {Map<string, string>} */
  const types = new Map();
  let scriptBytes = 0;
  let bytes = 0;
  let requests = 0;
  session.on('Network.requestWillBeSent', ({ requestId, type }) => {
    requests += 1;
    types.set(requestId, type ?? '');
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    bytes += encodedDataLength;
    scriptBytes += types.get(requestId) === 'Script' ? encodedDataLength : 0;
  });
  await page.addInitScript(() => {
    /** @type {number[]} */
    const ends = [];
    Object.assign(window, { longTaskEnds: ends });
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries()) {
        ends.push(startTime + duration);
      }
    }).observe({ type: 'longtask', buffered: true });
  });
  await page.goto(url);
  await ready(page);
  const drawn = await page.evaluate(() => performance.now());
  const interactiveMs = await page.evaluate(
    async ({ quiet, start }) => {
      const { longTaskEnds } = /** @type {{ longTaskEnds: number[] }} */ (/** @type {unknown} */ (window));
      const last = () => Math.max(start, ...longTaskEnds);
      while (performance.now() - last() < quiet) {
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      return last();
    },
    { quiet: QUIET_MS, start: drawn },
  );
  return { page, load: { scriptBytes, bytes, requests, interactiveMs } };
}
