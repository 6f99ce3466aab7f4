import type { Adapter, Round } from '#lib/api/types.ts';

/**
 * The adapter asked for, or the current one, which the round itself tells before the list of all has come; none
 * where that list has yet to say whether the one asked for is there.
 */
export function viewedAdapter(
  round: Round | undefined,
  all: readonly Adapter[] | undefined,
  asked: string,
): Adapter | undefined {
  const published = all?.filter(({ state }) => state === 'published') ?? [];
  const found = published.find(({ id }) => id === asked);
  const own = round?.adapter?.state === 'published' ? round.adapter : undefined;
  const waits = asked !== '' && all === undefined;
  return found ?? published.find(({ current }) => current) ?? (waits ? undefined : own);
}
