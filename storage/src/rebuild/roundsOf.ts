import type { AdapterResult } from '@florist/core/schemas/adapter';
import { adapterFolder } from '../blobs/keys.js';
import { type Fields, need } from '../ledger/fields.js';
import type { DumpedKey, LedgerRecord } from '../records/ledgerRecord.js';

/** A published adapter whose files are meant to be there. */
export interface RecordedAdapter {
  round: number;
  adapter: string;
  folder: string;
  result: Pick<AdapterResult, 'sha256' | 'bytes'>;
}

/** What records say of rounds. */
export interface RecordedRounds {
  latest: number;
  /** Those that have a record, and whether their submissions' files are meant to be there. */
  rounds: Map<number, { submissionsKept: boolean }>;
  adapters: RecordedAdapter[];
}

const ROUND = /^round:(\d+)$/;
const ADAPTER = /^round:(\d+):adapter:(a\d+)$/;

export function roundsOf(records: readonly LedgerRecord[]): RecordedRounds {
  const rounds: RecordedRounds['rounds'] = new Map();
  const adapters: RecordedAdapter[] = [];
  let latest = 0;
  for (const { federation, keys } of records) {
    for (const key of keys) {
      const fields = fieldsOf(key);
      if (key.name === 'federation') latest = Math.max(latest, Number(need(fields, 'latest')));
      const [, number] = ROUND.exec(key.name) ?? [];
      if (number !== undefined) {
        rounds.set(Number(number), { submissionsKept: fields.submissionsDeletedAt === undefined });
        latest = Math.max(latest, Number(number));
      }
      const [, of, adapter] = ADAPTER.exec(key.name) ?? [];
      if (adapter === undefined || fields.result === undefined || fields.filesDeletedAt !== undefined)
        continue;
      const ref = { federation, round: Number(of), adapter, attempt: Number(need(fields, 'attempt')) };
      adapters.push({
        ...{ round: ref.round, adapter, folder: adapterFolder(ref) },
        result: JSON.parse(fields.result),
      });
    }
  }
  return { latest, rounds, adapters };
}

function fieldsOf({ type, values }: DumpedKey): Fields {
  const fields: Record<string, string> = {};
  if (type === 'hash') {
    for (let index = 0; index + 1 < values.length; index += 2) {
      fields[values[index] ?? ''] = values[index + 1] ?? '';
    }
  }
  return fields;
}
