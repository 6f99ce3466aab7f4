import type { Receipt, Round, RoundState } from '../api/types.ts';

/** A round as a column of the matrix. */
export interface MatrixRound {
  number: number;
  state: RoundState;
  deadlineAt: string | undefined;
}

/** One client's part in one round. */
export interface MatrixCell {
  round: number;
  numExamples: number;
  /** Its share of the round's examples, the weight w_k. */
  weight: number;
  bytes: number;
  rank: number;
  acceptedAt: string;
  /** It came after the deadline, while the round still waited for enough. */
  late: boolean;
}

export interface MatrixRow {
  client: string;
  /** No longer registered. */
  removed: boolean;
  cells: MatrixCell[];
}

export interface Matrix {
  /** Newest first. */
  rounds: MatrixRound[];
  rows: MatrixRow[];
}

interface RoundWithReceipts {
  round: Pick<Round, 'number' | 'state' | 'deadlineAt'>;
  receipts: readonly Receipt[];
}

/** Puts receipts of several rounds together, one row per client in order of their ids. */
export function toMatrix(rounds: readonly RoundWithReceipts[], registered: readonly string[]): Matrix {
  const rows = new Map<string, MatrixRow>(
    registered.map((client) => [client, { client, removed: false, cells: [] }]),
  );
  for (const { round, receipts } of rounds) {
    const examples = receipts.reduce((sum, { numExamples }) => sum + numExamples, 0);
    for (const receipt of receipts) {
      const { client, numExamples, bytes, rank, acceptedAt } = receipt;
      const row = rows.get(client) ?? { client, removed: true, cells: [] };
      rows.set(client, row);
      const late = round.deadlineAt !== undefined && acceptedAt > round.deadlineAt;
      const weight = numExamples / examples;
      row.cells.push({ round: round.number, numExamples, weight, bytes, rank, acceptedAt, late });
    }
  }
  return {
    rounds: rounds.map(({ round: { number, state, deadlineAt } }) => ({ number, state, deadlineAt })),
    rows: [...rows.values()].sort((a, b) => a.client.localeCompare(b.client, 'en')),
  };
}
