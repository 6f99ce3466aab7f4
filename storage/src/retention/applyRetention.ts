import { ENDED } from '@florist/core/rounds/transition';
import type { RetentionRun } from '@florist/core/schemas/retention';
import type { Blobs } from '../blobs/blobs.js';
import { listFrom } from '../ledger/fields.js';
import type { Ledger } from '../ledger/openLedger.js';
import { runScript } from '../ledger/runScript.js';
import { blobsOf, itemFrom } from './item.js';
import { ORPHAN_AGE_MS, type OrphanUpload, orphanUploads } from './orphanUploads.js';
import { removeMarked } from './removeMarked.js';
import { RETAIN } from './retainScript.js';
import { sizeOf } from './sizeOf.js';

/** A sum that nobody has asked for so long is made anew for whoever asks again. */
export const SUM_IDLE_MS = 7 * 24 * 60 * 60 * 1000;

export interface RetentionOptions {
  /** Says what would be deleted and leaves it. */
  dryRun?: boolean;
  /** Age at which an upload without a submission goes, in milliseconds. */
  orphanAgeMs?: number;
  /** Time without a request after which a sum goes, in milliseconds. */
  sumIdleMs?: number;
}

/** What is found deletable, and how many things of its kind it is. */
interface Found {
  item: string;
  count: number;
}

/**
 * Deletes what a federation's retention policy no longer keeps, uploads that never became a submission, and sums that
 * nobody asks for. The ledger marks first, so that nobody is sent to files that are going; what a process leaves
 * undone after that, the sweep does.
 * @throws Refusal federation_not_found
 */
export async function applyRetention(
  ledger: Ledger,
  blobs: Blobs,
  federation: string,
  options: RetentionOptions = {},
): Promise<RetentionRun> {
  const { dryRun = false, orphanAgeMs = ORPHAN_AGE_MS, sumIdleMs = SUM_IDLE_MS } = options;
  const planned = await retain(ledger, federation, { sumIdleMs, uploads: 0, uploadBytes: 0 });
  const sizes: Record<string, number> = {};
  for (const { item } of planned) {
    sizes[item] = await sizeOf(blobs, await blobsOf(ledger, federation, itemFrom(item)));
  }
  const orphans = await orphanUploads(ledger, blobs, federation, orphanAgeMs);
  if (dryRun) return describe(true, planned, sizes, orphans);
  for (const { folder } of orphans) await blobs.removeFolder(folder);
  const uploadBytes = orphans.reduce((sum, { bytes }) => sum + bytes, 0);
  const found = await retain(ledger, federation, {
    sumIdleMs,
    sizes,
    uploads: orphans.length,
    uploadBytes,
  });
  await removeMarked(ledger, blobs, federation);
  const marked = found.filter(({ item }) => sizes[item] !== undefined);
  return describe(false, marked, sizes, orphans);
}

interface RetainArguments {
  sumIdleMs: number;
  /** Bytes of each item that was measured; without it nothing is marked. */
  sizes?: Record<string, number>;
  uploads: number;
  uploadBytes: number;
}

async function retain(ledger: Ledger, federation: string, args: RetainArguments): Promise<Found[]> {
  const [found] = await runScript(ledger, RETAIN, federation, { ...args, ended: ENDED });
  return listFrom(found).map((row) => {
    const [item, count] = listFrom(row);
    return { item: String(item), count: Number(count) };
  });
}

function describe(
  dryRun: boolean,
  found: readonly Found[],
  sizes: Readonly<Record<string, number>>,
  orphans: readonly OrphanUpload[],
): RetentionRun {
  const parsed = found.map(({ item, count }) => ({ ...itemFrom(item), count, bytes: sizes[item] ?? 0 }));
  const total = (kind: (typeof parsed)[number]['kind']) =>
    parsed.reduce((sum, item) => (item.kind === kind ? sum + item.count : sum), 0);
  const rounds = (kind: 'submissions' | 'adapter') => {
    const numbers = parsed.flatMap((item) => (item.kind === kind && 'round' in item ? [item.round] : []));
    return [...new Set(numbers)].sort((a, b) => a - b);
  };
  return {
    dryRun,
    freed: {
      bytes: [...parsed, ...orphans].reduce((sum, { bytes }) => sum + bytes, 0),
      submissions: total('submissions'),
      adapters: total('adapter'),
      sums: total('sum'),
      uploads: orphans.length,
    },
    submissionRounds: rounds('submissions'),
    adapterRounds: rounds('adapter'),
  };
}
