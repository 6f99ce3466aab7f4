import { getFederation } from '../federations/getFederation.js';
import { listFrom } from '../ledger/fields.js';
import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import { FEDERATION_EXISTS } from '../ledger/scripts/existing.js';
import type { UploadFolder } from '../rebuild/surveyBlobs.js';

const NAMED = script(`${FEDERATION_EXISTS}
local named = {}
for i, record in ipairs(redis.call('HVALS', round_key(args.round, 'submissions'))) do
  named[i] = cjson.decode(record).blob
end
return { 'ok', named }
`);

const GIVEN_UP = script(`return { 'ok', redis.call('SMEMBERS', base .. 'removals') }`);

/**
 * Those uploads that no submission names and nobody has given up: an api ended after it had written them and before
 * the ledger knew, or the ledger has lost what it knew. The uploads must have been listed before this is called, so
 * that what has become a submission meanwhile is named by now; whoever reads one of them afterwards and finds it still
 * there knows that it was not given up and removed meanwhile either.
 */
export async function unnamedUploads(
  ledger: Ledger,
  federation: string,
  uploads: readonly UploadFolder[],
): Promise<UploadFolder[]> {
  if (uploads.length === 0) return [];
  const { latestRound } = await getFederation(ledger, federation);
  const left = new Map(uploads.map((upload) => [upload.folder, upload]));
  // what came too late lies in its round's folder, but is named by the round in which it counts, which may be the next
  for (let round = 1; round <= (latestRound?.number ?? 0) + 1; round++) {
    const [folders] = await runScript(ledger, NAMED, federation, { round });
    for (const folder of listFrom(folders)) left.delete(String(folder));
  }
  const [items] = await runScript(ledger, GIVEN_UP, federation);
  for (const item of listFrom(items).map(String)) left.delete(item.replace(/^upload\//, ''));
  return [...left.values()];
}
