import { formatCount } from './formatCount.ts';

/** Efficiencies are told in these parts, as the method's authors do. */
const UNIT = 1e-4;

/** From here on decimals say nothing. */
const WHOLE_FROM = 1000;

/** An efficiency in parts of 10⁻⁴, the inverse of a total rank: `22.78`, `10,000`. */
export function formatEfficiency(efficiency: number): string {
  const parts = efficiency / UNIT;
  return parts >= WHOLE_FROM ? formatCount(Math.round(parts)) : parts.toFixed(2);
}
