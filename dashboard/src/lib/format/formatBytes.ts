const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;
const STEP = 1000; // decimal units, as network and disk sizes are quoted

/**
 * Bytes for the eye, in decimal units with about three significant digits: `9.81 MB`. Beside others, as along an
 * axis, in the unit and to the digit of the largest of them.
 */
export function formatBytes(bytes: number, largest = bytes): string {
  let size = Math.abs(largest);
  let unit = 0;
  while (size >= STEP - 0.5 && unit < UNITS.length - 1) {
    size /= STEP;
    unit += 1;
  }
  const digits = unit === 0 || size >= 100 ? 0 : size >= 10 ? 1 : 2;
  const value = Math.abs(bytes) / STEP ** unit;
  return `${bytes < 0 ? '−' : ''}${value === 0 ? 0 : value.toFixed(digits)} ${UNITS[unit]}`;
}
