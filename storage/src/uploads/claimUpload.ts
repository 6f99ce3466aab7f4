import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import { type Upload, type UploadRef, uploadArguments, uploadFrom } from './upload.js';
import { UPLOAD_EXISTS } from './uploadScript.js';

const CLAIM = script(`${UPLOAD_EXISTS}
if tonumber(upload.offset) ~= args.offset then return refuse('upload_offset_mismatch', 'offset', upload.offset) end
redis.call('HSET', upload_key(id), 'writer', args.writer)
keep_upload(id)
return { 'ok', redis.call('HGETALL', upload_key(id)), {} }
`);

/**
 * Makes `writer` the only one that may add to the upload. Whoever was adding before can no more: a client whose
 * connection broke comes back sooner than the service notices.
 * @throws Refusal federation_not_found, upload_not_found, upload_offset_mismatch
 */
export async function claimUpload(
  ledger: Ledger,
  ref: UploadRef,
  claim: { writer: string; offset: number },
): Promise<Upload> {
  return uploadFrom(
    ref,
    await runScript(ledger, CLAIM, ref.federation, { ...uploadArguments(ref), ...claim }),
  );
}
