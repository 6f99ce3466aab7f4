import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import { type UploadRef, uploadArguments } from './upload.js';
import { PIECES_MAX, UPLOAD_EXISTS } from './uploadScript.js';

/** A command that is sent again after a lost connection finds its last piece at the end. */
const ADVANCE = script(`${UPLOAD_EXISTS}
local pieces = upload_key(id, 'pieces')
local offset = tonumber(upload.offset)
if offset == args.to and redis.call('LINDEX', pieces, -1) == args.names[#args.names] then return { 'ok' } end
if upload.writer ~= args.writer or offset ~= args.from then
  return refuse('upload_offset_mismatch', 'offset', upload.offset)
end
if redis.call('LLEN', pieces) + #args.names > ${PIECES_MAX} then
  return refuse('upload_fragmented', 'most', '${PIECES_MAX}')
end
redis.call('RPUSH', pieces, unpack(args.names))
redis.call('HSET', upload_key(id), 'offset', string.format('%.0f', args.to))
keep_upload(id)
return { 'ok' }
`);

export interface Advance {
  writer: string;
  /** Offset before and after. */
  from: number;
  to: number;
  /** Names of the pieces between, which are durable. */
  names: string[];
}

/**
 * Adds pieces to an upload: from here on they are acknowledged. When it throws a Refusal, the caller removes them.
 * @throws Refusal federation_not_found, upload_not_found, upload_offset_mismatch, upload_fragmented
 */
export async function advanceUpload(ledger: Ledger, ref: UploadRef, advance: Advance): Promise<void> {
  await runScript(ledger, ADVANCE, ref.federation, { ...uploadArguments(ref), ...advance });
}
