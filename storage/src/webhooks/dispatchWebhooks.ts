import { eventFrom } from '../events/readEvents.js';
import { truncatedBefore } from '../events/truncatedBefore.js';
import { fieldsFrom, listFrom, need } from '../ledger/fields.js';
import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import type { Queues } from '../queue/openQueues.js';
import { enqueueMessages } from './enqueueMessages.js';
import type { WebhookMessage } from './webhookMessage.js';
import { WEBHOOK_KEYS } from './webhookScript.js';

/** Events looked at in one step; as many steps follow as there are more. */
const BATCH = 500;

const NEWS = script(`${WEBHOOK_KEYS}
local webhook = redis.call('HGETALL', webhook_key(args.id))
local cursor, enabled = unpack(redis.call('HMGET', webhook_key(args.id), 'cursor', 'enabled'))
if enabled ~= 'true' then return { 'ok' } end
return { 'ok', webhook, redis.call('XRANGE', base .. 'events', '(' .. cursor, '+', 'COUNT', ${BATCH}) }
`);

const ADVANCE = script(`${WEBHOOK_KEYS}
if redis.call('HGET', webhook_key(args.id), 'cursor') ~= args.from then return { 'ok', 'moved' } end
redis.call('HSET', webhook_key(args.id), 'cursor', args.to)
return { 'ok', 'advanced' }
`);

/**
 * Queues a message for every event that a webhook asks for and has not had, of all federations. The cursor of a
 * webhook moves after its messages are queued, and only from where they were read: whoever ends in between, or does
 * the same at once, queues the same messages, which are one.
 *
 * @returns how many messages were queued
 */
export async function dispatchWebhooks(ledger: Ledger, queues: Queues): Promise<number> {
  let queued = 0;
  for (const member of await ledger.redis.smembers(`${ledger.prefix}:webhooks`)) {
    const [federation = '', id = ''] = member.split('/');
    queued += await dispatch(ledger, queues, federation, id);
  }
  return queued;
}

async function dispatch(ledger: Ledger, queues: Queues, federation: string, id: string): Promise<number> {
  let queued = 0;
  for (;;) {
    const [flat, entries] = await runScript(ledger, NEWS, federation, { id });
    if (flat === undefined) return queued;
    const fields = fieldsFrom(flat);
    const events = listFrom(entries).map(eventFrom);
    const newest = events.at(-1);
    if (newest === undefined) return queued;
    const from = need(fields, 'cursor');
    const types: string[] = JSON.parse(need(fields, 'types'));
    const messages = events.flatMap(({ id: eventId, event }): WebhookMessage[] =>
      types.includes(event.type) ? [{ federation, webhook: id, message: eventId, event }] : [],
    );
    if (await truncatedBefore(ledger, federation, from)) messages.unshift(gap(ledger, federation, id, from));
    await enqueueMessages(queues, messages);
    queued += messages.length;
    const [outcome] = await runScript(ledger, ADVANCE, federation, { id, from, to: newest.id });
    if (outcome !== 'advanced' || events.length < BATCH) return queued;
  }
}

/** Sent whatever types are asked for: events after the cursor may have been trimmed before anyone looked. */
function gap(ledger: Ledger, federation: string, webhook: string, cursor: string): WebhookMessage {
  const detail = 'Older events are no longer kept.';
  const event = { type: 'history.truncated', at: ledger.now().toISOString(), detail };
  return { federation, webhook, message: `${cursor}-truncated`, event };
}
