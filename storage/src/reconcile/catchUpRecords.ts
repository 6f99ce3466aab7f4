import type { Blobs } from '../blobs/blobs.js';
import { listFrom } from '../ledger/fields.js';
import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import { FEDERATION_EXISTS } from '../ledger/scripts/existing.js';
import { RENUMBER } from '../rebuild/loadScripts.js';
import type { BlobSurvey } from '../rebuild/surveyBlobs.js';
import { readRecords } from '../records/readRecords.js';
import type { Finding } from './finding.js';

/**
 * Notes the documents whose record is missing, or that know more than the ledger: an older copy of it was put back.
 * The ledger then stands, and its revisions and attempts go on above those that were ever used.
 */
const CATCH_UP = script(`${FEDERATION_EXISTS}${RENUMBER}
if redis.call('HGET', federation_key, 'rebuilding') then return { 'ok', {} } end
local revision = tonumber(redis.call('GET', global .. 'revision') or '0')
local behind, known = {}, {}
for _, each in ipairs(args.records) do
  known[each.document] = true
  if each.revision > revision then behind[#behind + 1] = each.document end
end
if args.revision > revision then redis.call('SET', global .. 'revision', string.format('%.0f', args.revision)) end
for _, document in ipairs(behind) do outdate(document) end
local latest = tonumber(redis.call('HGET', federation_key, 'latest'))
local function want(document)
  if not known[document] then outdate(document) end
end
want('federation')
for k = 1, latest do want('round/' .. k) end
for _, client in ipairs(redis.call('HKEYS', base .. 'client-records')) do want('client/' .. client) end
if args.attempts > tonumber(redis.call('HGET', federation_key, 'maxAttempt')) then renumber(latest, args.attempts) end
return { 'ok', behind }
`);

/**
 * Sees to it that every document has a record, and that none knows more than the ledger does.
 * @throws Refusal federation_not_found
 */
export async function catchUpRecords(
  ledger: Ledger,
  blobs: Blobs,
  federation: string,
  { attempts }: BlobSurvey,
): Promise<Finding[]> {
  const { records } = await readRecords(blobs, federation);
  const [behind] = await runScript(ledger, CATCH_UP, federation, {
    records: records.map(({ document, revision }) => ({ document, revision })),
    revision: Math.max(0, ...records.map(({ revision }) => revision)),
    attempts: Math.max(0, ...attempts.map(({ attempt }) => attempt)),
  });
  const documents = listFrom(behind).map(String);
  if (documents.length === 0) return [];
  const detail =
    `The ledger is older than its records: changes of ${documents.join(', ')} are lost. ` +
    'To have them back, restore the blobs of before this and run `npm run rebuild`.';
  return [{ kind: 'ledger_behind', subject: federation, detail }];
}
