import { Refusal } from '@florist/core/errors/refusal';
import type { FederationEvent } from '@florist/core/schemas/event';
import { listFrom } from '../ledger/fields.js';
import type { Ledger } from '../ledger/openLedger.js';
import { type Reply, runScript, script } from '../ledger/runScript.js';
import { FEDERATION_EXISTS } from '../ledger/scripts/existing.js';

export interface StreamedEvent {
  /** Resumes the stream after this event. */
  id: string;
  event: FederationEvent;
}

const READ = script(`${FEDERATION_EXISTS}
return { 'ok', redis.call('XRANGE', base .. 'events', '(' .. args.after, '+', 'COUNT', args.count) }
`);

const STREAM_ID = /^([0-9]{1,20})(?:-([0-9]{1,20}))?$/;
const ID_PART_MAX = 2n ** 64n - 1n;

/**
 * Up to `count` events after an id, oldest first; '0' reads from the beginning.
 * @throws Refusal federation_not_found, request_invalid for an id that is none
 */
export async function readEvents(
  ledger: Ledger,
  federation: string,
  afterId: string,
  count: number,
): Promise<StreamedEvent[]> {
  const after = checkedId(afterId);
  const [entries] = await runScript(ledger, READ, federation, { after, count });
  return listFrom(entries).map(eventFrom);
}

/** Both halves spelt out; Redis refuses to start after the very last id there can be, where nothing is. */
function checkedId(id: string): string {
  const [, time, sequence = '0'] = STREAM_ID.exec(id) ?? [];
  if (time !== undefined && BigInt(time) < ID_PART_MAX && BigInt(sequence) <= ID_PART_MAX) {
    return `${time}-${sequence}`;
  }
  throw new Refusal('request_invalid', 'The last event id is not one that this stream gave.', [
    { field: 'Last-Event-ID', detail: 'Must be the id of an event, or 0 for all events.' },
  ]);
}

export function eventFrom(entry: Reply): StreamedEvent {
  const [id, fields] = listFrom(entry);
  const [, data] = listFrom(fields);
  return { id: String(id), event: JSON.parse(String(data)) };
}
