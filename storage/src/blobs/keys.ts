import type { AttemptRef } from '../adapters/refs.js';

export type Phase = 'aggregate' | 'measure' | 'project';

export const ADAPTER_FILE = 'adapter_model.safetensors';
export const CONFIG_FILE = 'adapter_config.json';
export const RECEIPT_FILE = 'receipt.json';
export const SPECTRUM_FILE = 'spectrum.json';
export const RESULT_FILE = 'result.json';

/** Folders end in '/': a file's key is the folder plus its name. */
export function federationFolder(federation: string): string {
  return `federations/${federation}/`;
}

export function submissionFolder(
  federation: string,
  round: number,
  client: string,
  uploadId: string,
): string {
  return `${federationFolder(federation)}rounds/${round}/submissions/${client}/${uploadId}/`;
}

/** Each attempt writes into its own folder, so a late one never touches what another has published. */
export function adapterFolder(ref: AttemptRef): string {
  return `${federationFolder(ref.federation)}rounds/${ref.round}/adapters/${ref.adapter}/${ref.attempt}/`;
}

export function partsFolder(ref: AttemptRef): string {
  return `${adapterFolder(ref)}parts/`;
}

export function partKey(ref: AttemptRef, phase: Phase, index: number, extension: 'bin' | 'json'): string {
  return `${partsFolder(ref)}${phase}-${index}.${extension}`;
}
