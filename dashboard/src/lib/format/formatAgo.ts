const STEPS: readonly (readonly [limit: number, unit: number, name: string])[] = [
  [90, 1, 's'],
  [90 * 60, 60, 'min'],
  [36 * 3600, 3600, 'h'],
  [45 * 86_400, 86_400, 'd'],
];

/** How long before or after `now` a moment lies: `12 s ago`, `in 3 min`; older than weeks, its date. */
export function formatAgo(moment: Date, now: Date): string {
  const seconds = (now.getTime() - moment.getTime()) / 1000;
  const size = Math.abs(seconds);
  if (size < 2) {
    return 'just now';
  }
  for (const [limit, unit, name] of STEPS) {
    if (size < limit) {
      const text = `${Math.round(size / unit)} ${name}`;
      return seconds >= 0 ? `${text} ago` : `in ${text}`;
    }
  }
  return moment.toISOString().slice(0, 10);
}
