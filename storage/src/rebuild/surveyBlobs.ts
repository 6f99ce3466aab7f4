import type { AttemptRef } from '../adapters/refs.js';
import type { Blobs } from '../blobs/blobs.js';
import { federationFolder } from '../blobs/keys.js';
import type { SumRef } from '../sums/refs.js';

/** A folder below a federation's, and what lies in it. */
export interface BlobFolder {
  /** Its key, which ends in '/'. */
  folder: string;
  bytes: number;
  /** When the last of its files was written. */
  modifiedMs: number;
  /** Names of the files, those of folders below with their path. */
  files: Set<string>;
}

export interface UploadFolder extends BlobFolder {
  round: number;
  client: string;
}

export type AttemptFolder = BlobFolder & Omit<AttemptRef, 'federation'>;

export type SumFolder = BlobFolder & Omit<SumRef, 'federation'>;

/** Everything that lies in a federation's folder, as it was while it was listed. */
export interface BlobSurvey {
  uploads: UploadFolder[];
  /** What has arrived of uploads in pieces. */
  pieces: BlobFolder[];
  attempts: AttemptFolder[];
  sums: SumFolder[];
}

const UPLOAD = /^rounds\/(\d+)\/submissions\/([^/]+)\/([^/]+)\/(.+)$/;
const PIECE = /^uploads\/[^/]+\/(.+)$/;
const ATTEMPT = /^rounds\/(\d+)\/adapters\/([^/]+)\/(\d+)\/(.+)$/;
const SUM = /^sums\/([^/]+)\/(\d+)\/(.+)$/;

/** Lists a federation's files by what they belong to. */
export async function surveyBlobs(blobs: Blobs, federation: string): Promise<BlobSurvey> {
  const root = federationFolder(federation);
  const uploads = new Map<string, UploadFolder>();
  const pieces = new Map<string, BlobFolder>();
  const attempts = new Map<string, AttemptFolder>();
  const sums = new Map<string, SumFolder>();
  for await (const key of blobs.list(root)) {
    const path = key.slice(root.length);
    const stat = (await blobs.stat(key)) ?? { bytes: 0, modifiedMs: 0 };
    const note = <T>(into: Map<string, T & BlobFolder>, name: string, traits: T) => {
      const folder = key.slice(0, key.length - name.length);
      const known = into.get(folder) ?? { ...traits, folder, bytes: 0, modifiedMs: 0, files: new Set() };
      known.bytes += stat.bytes;
      known.modifiedMs = Math.max(known.modifiedMs, stat.modifiedMs);
      known.files.add(name);
      into.set(folder, known);
    };
    const [, round, client, , uploaded] = UPLOAD.exec(path) ?? [];
    if (client !== undefined && uploaded !== undefined)
      note(uploads, uploaded, { round: Number(round), client });
    const [, piece] = PIECE.exec(path) ?? [];
    if (piece !== undefined) note(pieces, piece, {});
    const [, of, adapter, attempt, made] = ATTEMPT.exec(path) ?? [];
    if (adapter !== undefined && made !== undefined) {
      note(attempts, made, { round: Number(of), adapter, attempt: Number(attempt) });
    }
    const [, sum, tried, added] = SUM.exec(path) ?? [];
    if (sum !== undefined && added !== undefined) note(sums, added, { sum, attempt: Number(tried) });
  }
  return {
    uploads: [...uploads.values()],
    pieces: [...pieces.values()],
    attempts: [...attempts.values()],
    sums: [...sums.values()],
  };
}
