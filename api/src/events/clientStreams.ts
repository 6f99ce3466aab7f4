import { Refusal } from '@florist/core/errors/refusal';
import type { Principal } from '../auth/principal.js';

/** Event streams that one client may have open: its program needs one, and may have started over a few times. */
export const STREAMS_OF_CLIENT_MAX = 8;

/** Counts the event streams of clients, so that none of them takes what the others need. */
export class ClientStreams {
  readonly #open = new Map<string, number>();

  /**
   * Counts one more until the function that is returned is called.
   * @throws Refusal too_many_requests
   */
  enter(principal: Principal | null): () => void {
    if (principal?.role !== 'client') return () => {};
    const { federation, client } = principal;
    const whose = `${federation}/${client}`;
    const open = this.#open.get(whose) ?? 0;
    if (open >= STREAMS_OF_CLIENT_MAX) {
      const detail = `Client ${client} has ${open} event streams open; close one before opening the next.`;
      throw new Refusal('too_many_requests', detail);
    }
    this.#open.set(whose, open + 1);
    return () => this.#leave(whose);
  }

  #leave(whose: string): void {
    const left = (this.#open.get(whose) ?? 0) - 1;
    if (left > 0) this.#open.set(whose, left);
    else this.#open.delete(whose);
  }
}
