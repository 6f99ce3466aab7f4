import type { AttemptRef } from '../adapters/refs.js';
import type { RecordedDocument } from '../records/ledgerRecord.js';
import type { SumRef } from '../sums/refs.js';

export type Phase = 'weigh' | 'measure' | 'aggregate' | 'project';

export const ADAPTER_FILE = 'adapter_model.safetensors';
export const CONFIG_FILE = 'adapter_config.json';
/** All that the ledger needs to accept an upload, written before it is asked. */
export const OFFER_FILE = 'offer.jsonl';
/** What the ledger has accepted, written before its client is told. */
export const RECEIPT_FILE = 'receipt.jsonl';
export const SPECTRUM_FILE = 'spectrum.json';
export const RESULT_FILE = 'result.json';
export const WEIGHTS_FILE = 'weights.json';
export const LINEAGE_FILE = 'lineage.json';

/** Folders end in '/': a file's key is the folder plus its name. */
export function federationFolder(federation: string): string {
  return `federations/${federation}/`;
}

/** Where the folders of a round's submissions are. */
export function submissionsFolder(federation: string, round: number): string {
  return `${federationFolder(federation)}rounds/${round}/submissions/`;
}

export function submissionFolder(
  federation: string,
  round: number,
  client: string,
  uploadId: string,
): string {
  return `${submissionsFolder(federation, round)}${client}/${uploadId}/`;
}

/** Where the folders of uploads in pieces are. */
export function uploadsFolder(federation: string): string {
  return `${federationFolder(federation)}uploads/`;
}

export function uploadFolder(federation: string, upload: string): string {
  return `${uploadsFolder(federation)}${upload}/`;
}

/** Each attempt writes into its own folder, so a late one never touches what another has published. */
export function adapterFolder(ref: AttemptRef): string {
  return `${federationFolder(ref.federation)}rounds/${ref.round}/adapters/${ref.adapter}/${ref.attempt}/`;
}

export function partsFolder(ref: AttemptRef): string {
  return `${adapterFolder(ref)}parts/`;
}

/** What the files of a part are called, without their extension. */
export function partName(phase: Phase, index: number): string {
  return `${phase}-${index}`;
}

export function partKey(ref: AttemptRef, phase: Phase, index: number, extension: 'bin' | 'json'): string {
  return `${partsFolder(ref)}${partName(phase, index)}.${extension}`;
}

export function sumFolder({ federation, sum, attempt }: SumRef): string {
  return `${federationFolder(federation)}sums/${sum}/${attempt}/`;
}

export function sumPartsFolder(ref: SumRef): string {
  return `${sumFolder(ref)}parts/`;
}

export function sumPartKey(ref: SumRef, index: number, extension: 'bin' | 'json'): string {
  return `${sumPartsFolder(ref)}${index}.${extension}`;
}

/** Records of the ledger; beside the federations' folders, so that the record of a deletion outlives what it deletes. */
export const RECORDS_FOLDER = 'records/';

export function recordsFolder(federation: string): string {
  return `${RECORDS_FOLDER}${federation}/`;
}

export function documentFolder(federation: string, document: RecordedDocument): string {
  return `${recordsFolder(federation)}${document}/`;
}

/** Digits of a revision in a key: enough for every safe integer, so that keys sort as revisions do. */
const REVISION_DIGITS = 16;

/** Each revision has a file of its own, so that a late writer of an older one never touches a newer one. */
export function recordKey(federation: string, document: RecordedDocument, revision: number): string {
  return `${documentFolder(federation, document)}${String(revision).padStart(REVISION_DIGITS, '0')}.jsonl`;
}
