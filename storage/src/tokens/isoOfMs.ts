/** A time that a record keeps as text, in milliseconds since 1970. */
export function isoOfMs(ms: string): string {
  return new Date(Number(ms)).toISOString();
}
