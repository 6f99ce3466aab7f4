import { createHash } from 'node:crypto';
import { Refusal } from '@florist/core/errors/refusal';
import { headerInvalid } from './tusHeaders.js';

/** What a body may be checked with; the protocol demands SHA-1. */
export const CHECKSUM_ALGORITHMS = ['sha1', 'sha256', 'sha512', 'md5'] as const;

/** What the header looks like. */
export const CHECKSUM_PATTERN = `^(${CHECKSUM_ALGORITHMS.join('|')}) [A-Za-z0-9+/]+={0,2}$`;

/** A body on its way in, held to the checksum that came with it. */
export interface BodyChecksum {
  update(chunk: Uint8Array): void;
  /** @throws Refusal checksum_mismatch */
  verify(): void;
}

/**
 * Reads `Upload-Checksum: <algorithm> <base64>`; undefined without one.
 * @throws Refusal request_invalid
 */
export function bodyChecksum(header: string | string[] | undefined): BodyChecksum | undefined {
  if (header === undefined) return undefined;
  const [name, base64 = ''] = String(header).split(' ');
  const algorithm = CHECKSUM_ALGORITHMS.find((known) => known === name);
  if (algorithm === undefined || !new RegExp(CHECKSUM_PATTERN).test(String(header))) {
    const wanted = `must be one of ${CHECKSUM_ALGORITHMS.join(', ')}, a space, and the digest in base64`;
    throw headerInvalid('Upload-Checksum', wanted);
  }
  const hash = createHash(algorithm);
  return {
    update: (chunk) => hash.update(chunk),
    verify: () => {
      if (!hash.digest().equals(Buffer.from(base64, 'base64'))) {
        throw new Refusal(
          'checksum_mismatch',
          'The bytes received do not have that checksum; send them again.',
        );
      }
    },
  };
}
