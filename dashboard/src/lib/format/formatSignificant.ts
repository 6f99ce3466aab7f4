/** A magnitude with `digits` significant digits, in powers of ten where plain digits would not read. */
export function formatSignificant(value: number, digits = 3): string {
  if (value === 0) {
    return '0';
  }
  const size = Math.abs(value);
  if (size >= 1e6 || size < 1e-3) {
    const [mantissa, power] = value.toExponential(digits - 1).split('e');
    return `${mantissa}·10${superscript(Number(power))}`;
  }
  return value.toPrecision(digits);
}

function superscript(power: number): string {
  return String(power).replace(/[-\d]/g, (sign) => (sign === '-' ? '⁻' : ('⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(sign)] ?? '')));
}
