const NAMES = ['federation', 'round', 'adapter', 'sum'];

/** What a job is for, as every line of the log about it says. */
export function subjectOf(data: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(data).filter(([name]) => NAMES.includes(name)));
}
