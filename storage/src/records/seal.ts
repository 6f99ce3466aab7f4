import { createHash } from 'node:crypto';

/** What a sealed file holds; a reader refuses to take one for another. */
export type SealedKind = 'ledger-record' | 'offer' | 'receipt';

/** Raised when a body's shape changes so that older readers would misread it. */
const VERSION = 1;

interface Seal {
  florist: SealedKind;
  version: number;
  /** Of the second line's bytes, in hex. */
  sha256: string;
}

/** A file of two lines of JSON: what it is and the digest of the second, and the body. */
export function seal(kind: SealedKind, body: object): Buffer {
  const text = JSON.stringify(body);
  const head: Seal = { florist: kind, version: VERSION, sha256: sha256(text) };
  return Buffer.from(`${JSON.stringify(head)}\n${text}\n`);
}

/**
 * The body of a sealed file as `seal` wrote it; undefined for one that is damaged, cut short, of another kind, or
 * of a version that this program does not know.
 */
export function unseal<T>(kind: SealedKind, file: Buffer): T | undefined {
  const [head = '', text = ''] = file.toString('utf8').split('\n');
  const seal = parse<Partial<Seal>>(head);
  const intact = seal?.florist === kind && seal.version === VERSION && seal.sha256 === sha256(text);
  return intact ? parse<T>(text) : undefined;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function parse<T>(text: string): T | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
