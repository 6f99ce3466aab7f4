import 'server-only';
import { unwrap } from '#lib/api/unwrap.ts';
import { type Matrix, toMatrix } from '#lib/federation/participation.ts';
import { allItems } from '#lib/paging/allItems.ts';
import { serverApi } from '../api/serverApi.ts';
import type { Session } from '../session/session.ts';

/** Rounds side by side that a screen takes. */
const MATRIX_ROUNDS = 24;

const CLIENTS_MAX = 5000;

/** The latest rounds and what each client did in them. */
export async function loadMatrix(
  session: Session,
  federation: string,
  only: string | undefined,
): Promise<Matrix> {
  const api = serverApi(session.token);
  const path = { federation };
  const [{ items: rounds }, clients] = await Promise.all([
    unwrap(
      api.GET('/v1/federations/{federation}/rounds', { params: { path, query: { limit: MATRIX_ROUNDS } } }),
    ),
    allItems(
      (query) => unwrap(api.GET('/v1/federations/{federation}/clients', { params: { path, query } })),
      CLIENTS_MAX,
    ),
  ]);
  const withReceipts = await Promise.all(
    rounds.map(async (round) => ({
      round,
      receipts: await allItems(
        (query) =>
          unwrap(
            api.GET('/v1/federations/{federation}/rounds/{round}/submissions', {
              params: { path: { federation, round: String(round.number) }, query },
            }),
          ),
        CLIENTS_MAX,
      ),
    })),
  );
  const matrix = toMatrix(
    withReceipts,
    clients.map(({ client }) => client),
  );
  return only === undefined
    ? matrix
    : { ...matrix, rows: matrix.rows.filter(({ client }) => client === only) };
}
