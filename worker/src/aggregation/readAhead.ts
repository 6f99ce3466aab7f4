/** Calls `read` for each item in turn, one item ahead of whoever takes the results. */
export async function* readAhead<T, R>(
  items: readonly T[],
  read: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  let next: Promise<R> | undefined;
  for (const [index, item] of items.entries()) {
    const current = next ?? read(item);
    const following = items[index + 1];
    next = following === undefined ? undefined : read(following);
    // reported when its turn comes; until then it must not count as unhandled
    next?.catch(() => {});
    yield await current;
  }
}
