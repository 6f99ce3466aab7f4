import { Refusal } from '@florist/core/errors/refusal';
import { HEARTBEAT_SECONDS } from '@florist/core/schemas/participant';
import type { Ledger } from '@florist/storage/ledger/openLedger';
import { recordHeartbeat } from '@florist/storage/participants/recordHeartbeat';
import { endUpload } from '@florist/storage/submissions/endUpload';
import { noteUploadBytes } from '@florist/storage/submissions/noteUploadBytes';
import type { FastifyBaseLogger } from 'fastify';

/** How often an upload tells how far it is; its readers look every few seconds, and a piece comes every few kB. */
const BYTES_NOTED_EVERY_MS = 1000;

export interface TrackedUpload {
  federation: string;
  round: number;
  client: string;
  /** What the client says it sends, if it does. */
  contentLength?: number | undefined;
  /** What it was begun as, where it is one that may come to nothing. */
  attempt?: string;
}

export interface UploadTrack {
  /** Call it with the size of every part that comes in: a client whose adapter takes long is heard from meanwhile. */
  received(bytes: number): void;
  /** A client that has come back with a further piece is heard from at once. */
  resumed(): void;
  /** The upload was refused or broke off, so nobody need wait for it. */
  cameToNothing(): Promise<void>;
}

/** Keeps the ledger informed of an upload that has begun; what it cannot note is no failure of the upload. */
export function trackUpload(
  ledger: Ledger,
  { federation, round, client, contentLength, attempt }: TrackedUpload,
  log: FastifyBaseLogger,
): UploadTrack {
  let seenAt = performance.now();
  let notedAt = seenAt;
  let noting = false;
  let uploadedBytes = 0;
  const note = async (noting: Promise<unknown>) => {
    try {
      await noting;
    } catch (error) {
      // refused: the round no longer collects, and the upload is judged when it has arrived
      if (!(error instanceof Refusal)) {
        log.warn({ err: error, federation, round, client }, 'upload under way not noted');
      }
    }
  };
  // one at a time, so that a ledger that is slow or away gathers none; the next says all that this one would have
  const noteBytes = async () => {
    noting = true;
    const bytes = { uploadedBytes, uploadBytes: contentLength };
    await noteUploadBytes(ledger, federation, round, client, bytes).catch(() => undefined);
    noting = false;
  };
  const report = () => note(recordHeartbeat(ledger, federation, round, client, { state: 'uploading' }));
  return {
    resumed: () => void report(),
    received(bytes) {
      uploadedBytes += bytes;
      const now = performance.now();
      if (!noting && now - notedAt >= BYTES_NOTED_EVERY_MS) {
        notedAt = now;
        void noteBytes();
      }
      if (now - seenAt >= HEARTBEAT_SECONDS * 1000) {
        seenAt = now;
        void report();
      }
    },
    cameToNothing: () => note(endUpload(ledger, federation, round, client, attempt)),
  };
}
