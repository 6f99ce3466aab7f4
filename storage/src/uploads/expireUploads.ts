import { listFrom } from '../ledger/fields.js';
import { NO_FEDERATION } from '../ledger/noFederation.js';
import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import { UPLOADS } from './uploadScript.js';

/** Uploads ended by one script, so that Redis serves others in between. */
const BATCH = 100;

const DUE = script(`
local now = string.format('%.0f', args.nowMs)
return { 'ok', redis.call('ZRANGEBYSCORE', global .. 'uploads', '-inf', now, 'LIMIT', 0, ${BATCH}) }
`);

const EXPIRE = script(`${UPLOADS}
local expires = redis.call('HGET', upload_key(args.upload), 'expiresMs')
if not expires then redis.call('ZREM', global .. 'uploads', args.federation .. '/' .. args.upload) end
if expires and tonumber(expires) <= args.nowMs then forget_upload(args.upload) end
return { 'ok' }
`);

/** Ends the uploads on which nothing has moved for UPLOAD_KEPT_MS; how many. Their bytes are marked for removal. */
export async function expireUploads(ledger: Ledger): Promise<number> {
  let expired = 0;
  for (;;) {
    const [due] = await runScript(ledger, DUE, NO_FEDERATION);
    const members = listFrom(due).map(String);
    for (const member of members) {
      const [federation = '', upload = ''] = member.split('/');
      await runScript(ledger, EXPIRE, federation, { upload });
    }
    expired += members.length;
    if (members.length < BATCH) return expired;
  }
}
