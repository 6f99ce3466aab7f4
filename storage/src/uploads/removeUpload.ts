import type { Blobs } from '../blobs/blobs.js';
import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import { removeMarked } from '../retention/removeMarked.js';
import { type UploadRef, uploadArguments } from './upload.js';
import { UPLOAD_EXISTS } from './uploadScript.js';

const REMOVE = script(`${UPLOAD_EXISTS}
forget_upload(id)
return { 'ok' }
`);

/**
 * Ends an upload, and removes what has arrived of it.
 * @throws Refusal federation_not_found, upload_not_found
 */
export async function removeUpload(ledger: Ledger, blobs: Blobs, ref: UploadRef): Promise<void> {
  await runScript(ledger, REMOVE, ref.federation, uploadArguments(ref));
  await removeMarked(ledger, blobs, ref.federation);
}
