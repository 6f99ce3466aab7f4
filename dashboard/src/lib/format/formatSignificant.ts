import { formatCount } from './formatCount.ts';

/** Magnitudes between these read well as plain digits. */
const PLAIN_MIN = 1e-3;
const PLAIN_MAX = 1e5;

/** A magnitude with `digits` significant digits, whole numbers as they are, in powers of ten where plain digits would not read. */
export function formatSignificant(value: number, digits = 3): string {
  if (value === 0) {
    return '0';
  }
  const size = Math.abs(value);
  if (size >= PLAIN_MAX || size < PLAIN_MIN) {
    const [mantissa, power] = value.toExponential(digits - 1).split('e');
    return `${mantissa}·10${superscript(Number(power))}`;
  }
  return size >= 10 ** digits || Number.isInteger(value)
    ? formatCount(Math.round(value))
    : value.toPrecision(digits);
}

/** The exponent of a power of ten as it is written above the line. */
export function superscript(power: number): string {
  return String(power).replace(/[-\d]/g, (sign) => (sign === '-' ? '⁻' : ('⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(sign)] ?? '')));
}
