import { once } from 'node:events';
import type { ServerResponse } from 'node:http';

/** How often something is sent on a quiet stream, in milliseconds: sooner than proxies give up, which is 30 s. */
export const HEARTBEAT_MS = 15_000;

/** How long a client waits before it reconnects, in milliseconds. */
const RETRY_MS = 2_000;

/** A response that stays open and that never buffers more than the connection takes. */
export class EventStream {
  readonly #response: ServerResponse;
  readonly #signal: AbortSignal;

  /** @param signal ends the wait for a slow reader */
  constructor(response: ServerResponse, signal: AbortSignal) {
    this.#response = response;
    this.#signal = signal;
  }

  /** Sends the head, and the id to resume from should the connection break before the first event. */
  async open(headers: Record<string, number | string | string[] | undefined>, lastId: string): Promise<void> {
    this.#response.writeHead(200, {
      ...headers,
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      connection: 'close',
    });
    await this.write(`retry: ${RETRY_MS}\nid: ${lastId}\n\n`);
  }

  /** Resolves when the reader has room for more. @throws AbortError when the signal aborts meanwhile */
  async write(text: string): Promise<void> {
    if (!this.#response.write(text)) {
      await once(this.#response, 'drain', { signal: this.#signal });
    }
  }

  /** Keeps the connection alive, unless what was written before still waits to be read. */
  beat(): void {
    if (!this.#response.writableNeedDrain) {
      this.#response.write(': beat\n\n');
    }
  }

  end(): void {
    this.#response.end();
  }
}
