/** Whether what JSON was parsed to holds more than `most` values, at whatever depth. */
export function hasMoreValues(parsed: unknown, most: number): boolean {
  const open = [parsed];
  let found = open.length;
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next !== 'object' || next === null) continue;
    const inner: unknown[] = Object.values(next);
    found += inner.length;
    if (found > most) return true;
    open.push(...inner);
  }
  return found > most;
}
