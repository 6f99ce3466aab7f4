import { Outage } from '@florist/core/errors/outage';
import { hasCode } from './hasCode.js';

export function storageFull(): Outage {
  return new Outage(
    'storage_full',
    'The disk that holds the blobs has no room for this. Free some space, then send it again.',
  );
}

/** A full disk or quota is the operator's to mend; any other error stays what it is. */
export function refuseIfFull(error: unknown): never {
  throw hasCode(error, 'ENOSPC', 'EDQUOT') ? storageFull() : error;
}
