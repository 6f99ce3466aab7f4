import type { Client } from '#lib/api/types.ts';
import type { Matrix } from '#lib/federation/participation.ts';

/** A client and what it did of late. */
export interface ClientRow extends Client {
  /** Rounds it took part in, of those looked at. */
  rounds: number | undefined;
  /** Over the rounds it took part in. */
  meanWeight: number | undefined;
  lastSubmission: string | undefined;
}

export function clientRows(clients: readonly Client[], matrix: Matrix | undefined): ClientRow[] {
  const cellsOf = new Map(matrix?.rows.map(({ client, cells }) => [client, cells]));
  return clients.map((client) => {
    const cells = cellsOf.get(client.client);
    const weight = cells?.reduce((sum, cell) => sum + cell.weight, 0) ?? 0;
    return {
      ...client,
      rounds: cells?.length,
      meanWeight: cells === undefined || cells.length === 0 ? undefined : weight / cells.length,
      lastSubmission: cells
        ?.map(({ acceptedAt }) => acceptedAt)
        .sort()
        .at(-1),
    };
  });
}
