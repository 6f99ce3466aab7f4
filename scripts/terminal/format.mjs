// @ts-check

/** @param {number} seconds */
export function formatSeconds(seconds) {
  if (seconds < 0.995) return `${Math.round(seconds * 1000)} ms`;
  if (seconds < 99.5) return `${seconds.toPrecision(seconds < 9.95 ? 2 : 3)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** @param {number} bytes */
export function formatBytes(bytes) {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 999_500) return `${(bytes / 1e3).toPrecision(3)} kB`;
  if (bytes < 1e9) return `${(bytes / 1e6).toFixed(2)} MB`;
  return `${(bytes / 1e9).toFixed(2)} GB`;
}

/** @param {number} count */
export const formatCount = (count) =>
  Number.isInteger(count)
    ? count.toLocaleString('en')
    : count.toLocaleString('en', { maximumFractionDigits: 1 });

/** @param {number} share of one */
export const formatPercent = (share) => `${(share * 100).toFixed(2)} %`;
