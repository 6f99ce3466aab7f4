import 'server-only';
import type { Round } from '#lib/api/types.ts';
import { unwrap } from '#lib/api/unwrap.ts';
import { allItems } from '#lib/paging/allItems.ts';
import { serverApi } from '../api/serverApi.ts';
import type { Session } from '../session/session.ts';

/** Rounds looked at for trends and sums; older ones no longer bear on what to do next. */
const ROUNDS_MAX = 2000;

/** The rounds of a federation, newest first. */
export function allRounds(session: Session, federation: string): Promise<Round[]> {
  const api = serverApi(session.token);
  return allItems(
    (query) =>
      unwrap(api.GET('/v1/federations/{federation}/rounds', { params: { path: { federation }, query } })),
    ROUNDS_MAX,
  );
}
