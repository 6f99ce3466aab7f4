/**
 * The number that a text stands for, in whole units where it has one. A text that is none is passed on as it is:
 * as NaN it would become null, which removes a limit instead of being refused.
 */
export function typed(text: string, unit?: number): number {
  const number = text.trim() === '' ? Number.NaN : Number(text);
  if (!Number.isFinite(number)) {
    return text as unknown as number;
  }
  return unit === undefined ? number : Math.round(number * unit);
}

/** The same of a field that may be left empty, which removes a limit or goes back to the default. */
export function typedOrNull(text: string, unit?: number): number | null {
  return text === '' ? null : typed(text, unit);
}

/** What a field shows of a number that may not be there. */
export function textOf(number: number | undefined): string {
  return number === undefined ? '' : String(number);
}
