const COUNT = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const COUNT_WITH_PART = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

/** A count with grouped thousands; a mean keeps one decimal. */
export function formatCount(count: number): string {
  return Number.isInteger(count) ? COUNT.format(count) : COUNT_WITH_PART.format(count);
}
