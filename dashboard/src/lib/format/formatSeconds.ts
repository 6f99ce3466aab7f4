const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;

/** The larger unit, and the smaller where there is any. */
function join(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}

/**
 * A span of time for the eye: `45 ms`, `0.9 s`, `2 min 05 s`, `3 h 20 min`, `4 d 2 h`. Beside others, as along an
 * axis, in the units of the largest of them.
 */
export function formatSeconds(seconds: number, largest = seconds): string {
  if (largest < 0.1) {
    return `${Math.round(seconds * 1000)} ms`;
  }
  if (largest < 10) {
    return seconds === 0 ? '0 s' : `${seconds.toFixed(1)} s`;
  }
  const whole = Math.round(seconds);
  const span = Math.round(largest);
  if (span < MINUTE) {
    return `${whole} s`;
  }
  if (span < HOUR) {
    const rest = whole % MINUTE;
    return whole === 0 ? '0 min' : `${Math.floor(whole / MINUTE)} min ${String(rest).padStart(2, '0')} s`;
  }
  if (span < DAY) {
    return join(Math.floor(whole / HOUR), 'h', Math.floor((whole % HOUR) / MINUTE), 'min');
  }
  return join(Math.floor(whole / DAY), 'd', Math.floor((whole % DAY) / HOUR), 'h');
}
