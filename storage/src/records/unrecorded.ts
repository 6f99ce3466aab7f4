import { listFrom } from '../ledger/fields.js';
import { NO_FEDERATION } from '../ledger/noFederation.js';
import type { Ledger } from '../ledger/openLedger.js';
import { runScript, script } from '../ledger/runScript.js';
import type { RecordedDocument } from './ledgerRecord.js';

const DOCUMENTS = script(`return { 'ok', redis.call('ZRANGE', base .. 'unrecorded', 0, -1) }`);

const FEDERATIONS = script(`return { 'ok', redis.call('SMEMBERS', global .. 'unrecorded') }`);

const DOCUMENT = /^(federation|round\/\d+|client\/[a-z0-9-]+)$/;

/** Documents of a federation whose records are out of date. */
export async function unrecorded(ledger: Ledger, federation: string): Promise<RecordedDocument[]> {
  const [documents] = await runScript(ledger, DOCUMENTS, federation);
  return listFrom(documents).map(String).filter(isDocument);
}

/** Federations that have such documents. */
export async function unrecordedFederations(ledger: Ledger): Promise<string[]> {
  const [names] = await runScript(ledger, FEDERATIONS, NO_FEDERATION);
  return listFrom(names).map(String);
}

export function isDocument(text: string): text is RecordedDocument {
  return DOCUMENT.test(text);
}
