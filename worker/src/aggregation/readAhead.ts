/**
 * Calls `read` for each item in turn, one item ahead of whoever takes the results: for the first at once, before
 * anyone does.
 */
export function readAhead<T, R>(items: readonly T[], read: (item: T) => Promise<R>): AsyncIterable<R> {
  const waiting = items.values();
  const begin = (): Promise<R> | undefined => {
    const { value, done } = waiting.next();
    if (done) return undefined;
    const reading = read(value);
    // reported when its turn comes; until then it must not count as unhandled
    reading.catch(() => {});
    return reading;
  };
  return inOrder(begin(), begin);
}

async function* inOrder<R>(
  first: Promise<R> | undefined,
  begin: () => Promise<R> | undefined,
): AsyncGenerator<R> {
  let current = first;
  while (current !== undefined) {
    const next = begin();
    yield await current;
    current = next;
  }
}
