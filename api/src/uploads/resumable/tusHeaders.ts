import { Refusal } from '@florist/core/errors/refusal';
import { ADAPTER_BYTES_MAX } from '../limits.js';

/** The version of tus that is spoken here, https://tus.io/protocols/resumable-upload. */
export const TUS_VERSION = '1.0.0';
export const TUS_EXTENSIONS = 'creation,expiration,termination,checksum';
export const OFFSET_STREAM = 'application/offset+octet-stream';

/** Upload-Metadata is given back as it came, in characters; nothing here depends on it. */
export const METADATA_MAX = 2_048;
export const METADATA_PATTERN = '^[\\x20-\\x7e]+$';

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** @throws Refusal tus_version_unsupported */
export function requireTus(headers: Headers): void {
  if (headers['tus-resumable'] !== TUS_VERSION) {
    throw new Refusal('tus_version_unsupported', `Send the header Tus-Resumable: ${TUS_VERSION}.`);
  }
}

/** @throws Refusal request_invalid */
export function uploadOffset(headers: Headers): number {
  return wholeNumber(headers, 'Upload-Offset');
}

/** @throws Refusal request_invalid, safetensors_too_large */
export function uploadLength(headers: Headers): number {
  const length = wholeNumber(headers, 'Upload-Length');
  if (length > ADAPTER_BYTES_MAX) {
    throw new Refusal('safetensors_too_large', `An adapter may have at most ${ADAPTER_BYTES_MAX} bytes.`);
  }
  return length;
}

/** Comma-separated pairs of a key and base64, as the protocol has them. @throws Refusal request_invalid */
export function uploadMetadata(headers: Headers): string | undefined {
  const metadata = headers['upload-metadata'];
  if (metadata === undefined || metadata === '') return undefined;
  if (
    typeof metadata !== 'string' ||
    metadata.length > METADATA_MAX ||
    !new RegExp(METADATA_PATTERN).test(metadata)
  ) {
    throw headerInvalid('Upload-Metadata', `must be one line of at most ${METADATA_MAX} ASCII characters`);
  }
  return metadata;
}

export function headerInvalid(name: string, detail: string): Refusal {
  return new Refusal('request_invalid', `The header ${name} ${detail}.`, [{ field: name, detail }]);
}

function wholeNumber(headers: Headers, name: string): number {
  const value = headers[name.toLowerCase()];
  const number = typeof value === 'string' && /^[0-9]{1,15}$/.test(value) ? Number(value) : Number.NaN;
  if (Number.isNaN(number)) throw headerInvalid(name, 'must be a whole number');
  return number;
}
