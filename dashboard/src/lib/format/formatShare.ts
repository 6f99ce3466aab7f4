/** A share of one as a percentage, never rounded up to a whole that it is not: `90.3 %`. */
export function formatShare(share: number, digits = 1): string {
  const step = 10 ** digits;
  const percent = Math.round(share * 100 * step) / step;
  const shown = share < 1 && percent >= 100 ? Math.floor(share * 100 * step) / step : percent;
  return `${shown.toFixed(digits)} %`;
}
