// @ts-check

/** npm hands the terminal's signal on to us once more; a second wish of the user comes later, in milliseconds. */
const SECOND_AFTER_MS = 1000;

/**
 * Listens for the signals that ask this process to stop. A second one, later, ends it at once; its processes
 * then end by themselves.
 *
 * @returns {{ signal: AbortSignal, received: Promise<void> }}
 */
export function untilSignal() {
  const controller = new AbortController();
  let first = 0;
  const onSignal = () => {
    const now = performance.now();
    if (first === 0) first = now;
    else if (now - first > SECOND_AFTER_MS) process.exit(130);
    controller.abort();
  };
  for (const name of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(name, onSignal);
  /** @type {Promise<void>} */
  const received = new Promise((resolve) => {
    controller.signal.addEventListener('abort', () => resolve(), { once: true });
  });
  return { signal: controller.signal, received };
}
