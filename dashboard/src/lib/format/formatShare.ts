/** A share of one as a percentage, never rounded to a whole or to a nothing that it is not: `90.3 %`, `< 0.1 %`. */
export function formatShare(share: number, digits = 1): string {
  const step = 10 ** digits;
  const percent = Math.round(share * 100 * step) / step;
  if (share > 0 && percent === 0) {
    return `< ${(1 / step).toFixed(digits)} %`;
  }
  const shown = share < 1 && percent >= 100 ? Math.floor(share * 100 * step) / step : percent;
  return `${shown.toFixed(digits)} %`;
}
