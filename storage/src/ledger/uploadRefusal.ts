import { Refusal } from '@florist/core/errors/refusal';
import type { Facts } from './refusalFrom.js';

/** Refusals of uploads in pieces. */
export function uploadRefusal(reason: string, facts: Facts): Refusal | undefined {
  const { client, upload, offset, most } = facts;
  switch (reason) {
    case 'upload_not_found':
      return new Refusal(reason, `There is no upload ${upload}, or it has expired: begin another.`);
    case 'upload_offset_mismatch':
      return new Refusal(
        reason,
        `Upload ${upload} goes on at byte ${offset}, or another request is sending it: ask with HEAD.`,
      );
    case 'upload_fragmented':
      return new Refusal(reason, `Upload ${upload} came in ${most} pieces: begin another, in larger ones.`);
    case 'uploads_too_many':
      return new Refusal(reason, `Client ${client} has ${most} unfinished uploads: finish or remove one.`);
    default:
      return undefined;
  }
}
