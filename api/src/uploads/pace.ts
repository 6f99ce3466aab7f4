import type { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';

/** How long anybody is waited for. */
export interface Patience {
  /** For all headers of a request, in milliseconds. */
  headersMs: number;
  /** Over how long the pace of a body is taken, in milliseconds. */
  paceMs: number;
  /** What a body must bring in that time, in bytes, unless it has arrived whole. */
  paceBytes: number;
  /** For a route that only asks the ledger, its body included, in milliseconds; transfers and streams set their own. */
  handlerMs: number;
}

/** A body may be as slow as 1 kB/s, which no line that is in order is; headers are one packet or two. */
export const PATIENCE: Patience = {
  headersMs: 10_000,
  paceMs: 30_000,
  paceBytes: 30_000,
  handlerMs: 20_000,
};

/**
 * Watches a body that is being read, and calls `tooSlow` once when it brings less than it must. What the service
 * itself holds up, because its disk is slow, does not count.
 */
export function watchPace(
  request: IncomingMessage,
  { paceMs, paceBytes }: Patience,
  tooSlow: () => void,
): void {
  const { socket } = request;
  // a request that a test injects has no line
  if (!(socket instanceof Socket) || request.complete) return;
  let before = socket.bytesRead;
  const timer = setInterval(() => {
    const brought = socket.bytesRead - before;
    before = socket.bytesRead;
    if (request.complete) clearInterval(timer);
    else if (brought < paceBytes && request.readableLength === 0) {
      clearInterval(timer);
      tooSlow();
    }
  }, paceMs);
  timer.unref();
  request.once('close', () => clearInterval(timer));
}
