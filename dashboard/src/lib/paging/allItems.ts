interface Page<T> {
  items: T[];
  nextCursor?: string | undefined;
}

/** The most items one request may ask for. */
export const PAGE_LIMIT = 1000;

/** Items of all pages, in order, up to `most`. */
export async function allItems<T>(
  fetchPage: (query: { limit: number; cursor?: string }) => Promise<Page<T>>,
  most: number,
): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    const limit = Math.min(PAGE_LIMIT, most - items.length);
    const page = await fetchPage({ limit, ...(cursor === undefined ? {} : { cursor }) });
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== undefined && items.length < most);
  return items;
}
