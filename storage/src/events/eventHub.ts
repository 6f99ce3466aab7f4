import type { Redis } from 'ioredis';
import type { Ledger } from '../ledger/openLedger.js';

interface Channel {
  readonly wakes: Set<() => void>;
  /** Settles when Redis has confirmed the subscription. */
  ready: Promise<unknown>;
}

/**
 * Wakes whoever follows a federation's events, over one connection for all of them. Every script that appends
 * an event also publishes a message in the same step; the message only says "look", and the stream alone says
 * what happened, so a message that is lost with a connection costs nothing: after each reconnection everyone
 * is woken.
 */
export class EventHub {
  readonly #redis: Redis;
  readonly #prefix: string;
  readonly #channels = new Map<string, Channel>();
  #closed = false;

  constructor(ledger: Ledger) {
    this.#prefix = ledger.prefix;
    this.#redis = ledger.redis.duplicate({
      autoResubscribe: false,
      maxRetriesPerRequest: null,
      // a subscription waits for as long as an outage takes; who follows would else miss its confirmation
      commandTimeout: undefined,
    });
    this.#redis.on('message', (name: string) => this.#wake(name));
    this.#redis.on('ready', () => this.#resubscribe());
    // the ledger's own connection goes to the same Redis and reports its errors
    this.#redis.on('error', () => {});
  }

  get closed(): boolean {
    return this.#closed;
  }

  /**
   * Resolves once no later event can pass without a call of `wake`, which may also be called without cause.
   * Returns what ends the subscription.
   */
  async subscribe(federation: string, wake: () => void): Promise<() => void> {
    const name = `${this.#prefix}:{${federation}}:events`;
    const channel = this.#channels.get(name) ?? this.#open(name);
    channel.wakes.add(wake);
    const leave = () => this.#leave(name, channel, wake);
    try {
      await channel.ready;
      return leave;
    } catch (error) {
      leave();
      if (!this.#closed) throw error;
      return leave;
    }
  }

  /** Wakes everyone a last time; `closed` tells them to stop. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#redis.disconnect();
    for (const name of this.#channels.keys()) this.#wake(name);
    this.#channels.clear();
  }

  #open(name: string): Channel {
    const channel = { wakes: new Set<() => void>(), ready: this.#redis.subscribe(name) };
    // whoever subscribes hears of it; without anyone left it is of no interest
    channel.ready.catch(() => {});
    this.#channels.set(name, channel);
    return channel;
  }

  #leave(name: string, channel: Channel, wake: () => void): void {
    channel.wakes.delete(wake);
    if (channel.wakes.size > 0 || this.#channels.get(name) !== channel) return;
    this.#channels.delete(name);
    if (!this.#closed) this.#redis.unsubscribe(name).catch(() => {});
  }

  #resubscribe(): void {
    for (const [name, channel] of this.#channels) {
      channel.ready = this.#redis.subscribe(name).then(() => this.#wake(name));
      channel.ready.catch(() => {});
    }
  }

  #wake(name: string): void {
    for (const wake of this.#channels.get(name)?.wakes ?? []) wake();
  }
}
