/** Enough digits to tell two numbers apart, few enough to read. */
export function shown(value: number): string {
  return String(Number(value.toPrecision(4)));
}
