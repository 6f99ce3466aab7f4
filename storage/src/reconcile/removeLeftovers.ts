import type { Blobs } from '../blobs/blobs.js';
import type { BlobSurvey } from '../rebuild/surveyBlobs.js';
import type { LedgerView } from './ledgerView.js';

const PARTS = 'parts/';

/**
 * Removes what attempts at adapters and sums left behind that are over. Numbers of attempts are never used twice, so
 * what no adapter and no sum names now is never named again.
 * @param survey made before the view, so that what has begun meanwhile is not in it
 * @param youngestMs those written after this may have a worker that removes them itself
 * @returns how many folders were removed
 */
export async function removeLeftovers(
  blobs: Blobs,
  { attempts, sums }: BlobSurvey,
  view: LedgerView,
  youngestMs: number,
): Promise<number> {
  const states = new Map(
    view.adapters.map(({ round, adapter, fields }) => [
      `${round}/${adapter}/${fields.attempt}`,
      fields.state,
    ]),
  );
  const unwanted: string[] = [];
  for (const { folder, round, adapter, attempt, modifiedMs, files } of attempts) {
    if (modifiedMs > youngestMs) continue;
    const state = states.get(`${round}/${adapter}/${attempt}`);
    if (state === undefined || state === 'failed') unwanted.push(folder);
    const hasParts = [...files].some((file) => file.startsWith(PARTS));
    if (state === 'published' && hasParts) unwanted.push(folder + PARTS);
  }
  for (const { folder, sum, attempt, modifiedMs } of sums) {
    if (modifiedMs <= youngestMs && !view.sums.has(`${sum}/${attempt}`)) unwanted.push(folder);
  }
  for (const folder of unwanted) {
    await blobs.removeFolder(folder);
  }
  return unwanted.length;
}
