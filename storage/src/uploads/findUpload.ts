import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import { type Upload, type UploadRef, uploadArguments, uploadFrom } from './upload.js';
import { UPLOAD_EXISTS } from './uploadScript.js';

const FIND = script(`${UPLOAD_EXISTS}
return { 'ok', redis.call('HGETALL', upload_key(id)), redis.call('LRANGE', upload_key(id, 'pieces'), 0, -1) }
`);

/** @throws Refusal federation_not_found, upload_not_found */
export async function findUpload(ledger: Ledger, ref: UploadRef): Promise<Upload> {
  return uploadFrom(ref, await runScript(ledger, FIND, ref.federation, uploadArguments(ref)));
}
