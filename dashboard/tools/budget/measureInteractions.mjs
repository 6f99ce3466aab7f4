// @ts-check

/**
 * @typedef {object} Interaction
 * @property {string} name
 * @property {number} worstMs from the input to the frame that shows its effect, of the best try
 */

/** The best of so many tries counts: other work on the machine can only add to them. */
const TRIES = 4;

/**
 * What the reader does on the page of a round, and how long each takes to show.
 *
 * @param {import('playwright-core').Page} page
 * @returns {Promise<Interaction[]>}
 */
export async function measureInteractions(page) {
  /** @type {Interaction[]} */
  const found = [];
  /**
   * @param {string} name
   * @param {() => Promise<void>} act
   * @param {() => Promise<void>} [undo]
   */
  const measure = async (name, act, undo) => {
    let worstMs = Number.POSITIVE_INFINITY;
    for (let attempt = 0; attempt < TRIES; attempt++) {
      await page.evaluate(() => Object.assign(window, { worst: 0 }));
      await act();
      await page.waitForTimeout(300);
      const worst = await page.evaluate(() => Number(Reflect.get(window, 'worst')));
      worstMs = Math.min(worstMs, worst);
      await undo?.();
    }
    found.push({ name, worstMs });
  };
  await page.evaluate(() => {
    // times the work of one turn: from the event until the frame after it is painted
    const watch = () => {
      const start = performance.now();
      requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = () => {
          const took = performance.now() - start;
          Object.assign(window, { worst: Math.max(Number(Reflect.get(window, 'worst')), took) });
        };
        channel.port2.postMessage(undefined);
      });
    };
    for (const type of ['keydown', 'pointermove', 'mousemove', 'click', 'input']) {
      addEventListener(type, watch, { capture: true });
    }
  });

  const slider = page.getByRole('slider', { name: 'τ' });
  await slider.scrollIntoViewIfNeeded();
  await slider.focus();
  await page.keyboard.press('ArrowRight'); // the table of ranks is fetched once
  await page.waitForTimeout(800);
  await measure('move τ', async () => {
    for (let step = 0; step < 20; step++) {
      await page.keyboard.press('ArrowRight');
      await page.waitForTimeout(30);
    }
  });

  const map = page.getByRole('application', { name: /^Rank of/ });
  await map.scrollIntoViewIfNeeded();
  await measure('point at cells of the map', () => sweep(page, map));
  const curves = page.getByRole('img', { name: /Cumulative share/ });
  await measure('point at curves', () => sweep(page, curves));
  await measure('find a module by typing', async () => {
    await page.getByRole('button', { name: 'Find a module' }).click();
    await page.keyboard.type('12 q', { delay: 40 });
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
  });
  const press = (/** @type {string} */ name) => async () => {
    await page.getByRole('radio', { name, exact: true }).click();
    await page.waitForTimeout(300);
  };
  await measure('show σ', press('σ'), press('Energy'));
  await measure('show σ by index', press('σ by index'), press('Rank'));
  return found;
}

/**
 * @param {import('playwright-core').Page} page
 * @param {import('playwright-core').Locator} target
 */
async function sweep(page, target) {
  const box = await target.boundingBox();
  if (box === null) {
    throw new Error('there is nothing to point at');
  }
  for (let step = 1; step <= 20; step++) {
    await page.mouse.move(box.x + (box.width * step) / 22, box.y + (box.height * (step % 7)) / 12 + 20);
    await page.waitForTimeout(20);
  }
}
