import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import { FEDERATION_EXISTS } from '../ledger/scripts/existing.js';
import { QUOTAS } from '../quotas/quotaScript.js';
import { type Upload, type UploadRef, uploadArguments, uploadFrom } from './upload.js';
import { UPLOADS, UPLOADS_OPEN_MAX } from './uploadScript.js';

/** A command that is sent again after a lost connection finds its own upload. */
const CREATE = script(`${FEDERATION_EXISTS}${UPLOADS}${QUOTAS}
local id, client = args.upload, args.client
if not redis.call('ZSCORE', base .. 'clients', client) then return refuse('client_not_found') end
if redis.call('EXISTS', upload_key(id)) == 0 then
  if redis.call('SCARD', of_client(client)) >= ${UPLOADS_OPEN_MAX} then
    return refuse('uploads_too_many', 'most', '${UPLOADS_OPEN_MAX}')
  end
  local excess = over_quota(client, args.length)
  if excess then return excess end
  write(upload_key(id), {
    client = client, length = string.format('%.0f', args.length), offset = 0,
    metadata = args.metadata, round = args.startedFor,
  })
  redis.call('SADD', of_client(client), id)
  redis.call('SADD', base .. 'uploads', id)
  keep_upload(id)
end
return { 'ok', redis.call('HGETALL', upload_key(id)), {} }
`);

export interface NewUpload extends UploadRef {
  client: string;
  /** Bytes of the whole. */
  length: number;
  metadata?: string | undefined;
  /** The round that it is meant for, if that is known yet. */
  round?: number | undefined;
}

/**
 * Begins an upload in pieces.
 * @throws Refusal federation_not_found, client_not_found, uploads_too_many, quota_exceeded
 */
export async function createUpload(ledger: Ledger, created: NewUpload): Promise<Upload> {
  const { federation, length, metadata, round } = created;
  const args = { ...uploadArguments(created), length, metadata, startedFor: round };
  return uploadFrom(created, await runScript(ledger, CREATE, federation, args));
}
