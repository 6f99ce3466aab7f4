import type { Participant } from '../api/types.ts';
import { PAGE_LIMIT } from '../paging/allItems.ts';

/** Clients that a page of a round shows while it waits for them; who looks for one of more finds it by name. */
export const AWAITED_MAX = 100;

interface Page {
  items: Participant[];
  nextCursor?: string | undefined;
}

/**
 * The first of those from whom a round still awaits a submission, in the order of their ids; one more than is shown
 * where there are more. A carried submission counts, but a fresh one is awaited all the same.
 */
export async function firstAwaited(
  fetchPage: (query: { limit: number; cursor?: string }) => Promise<Page>,
): Promise<Participant[]> {
  const most = AWAITED_MAX + 1;
  const awaited: Participant[] = [];
  let cursor: string | undefined;
  do {
    // the first page is enough until many are in; those are then passed over in large steps
    const query = cursor === undefined ? { limit: most } : { limit: PAGE_LIMIT, cursor };
    const page = await fetchPage(query);
    awaited.push(
      ...page.items.filter(({ invited, submitted, carried }) => invited && (!submitted || carried)),
    );
    cursor = page.nextCursor;
  } while (cursor !== undefined && awaited.length < most);
  return awaited.slice(0, most);
}
