/** A blob that the ledger points at is not there: a fault of the service, not of the caller. */
export class BlobMissing extends Error {
  readonly key: string;

  constructor(key: string) {
    super(`There is no blob ${key}.`);
    this.name = 'BlobMissing';
    this.key = key;
  }
}
