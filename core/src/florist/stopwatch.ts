/** The monotonic clock of every JavaScript runtime, in milliseconds; ES itself does not declare it. */
declare const performance: { now(): number };

/** Returns a function that gives the seconds since it was last asked, or since it was made. */
export function stopwatch(): () => number {
  let last = performance.now();
  return () => {
    const now = performance.now();
    const seconds = (now - last) / 1000;
    last = now;
    return seconds;
  };
}
