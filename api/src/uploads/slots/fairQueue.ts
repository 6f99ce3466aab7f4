import { Outage } from '@florist/core/errors/outage';
import { Refusal } from '@florist/core/errors/refusal';

/** Whose turn it is: one after the other across federations, and within each across its clients. */
export interface Party {
  federation: string;
  client: string;
}

export interface FairQueueLimits {
  /** How many are served at a time. */
  slots: number;
  /** How many wait at most, of all and of one client. */
  waiting: number;
  waitingOfClient: number;
  /** How long anybody waits, in milliseconds. */
  waitMs: number;
}

interface Ticket {
  admit(): void;
  turnAway(): void;
}

/**
 * A bounded number of slots, and a bounded queue for them that goes round federations and their clients, so that one
 * who asks for many gets no more than one who asks for one. A client never holds more than half of the slots, unless
 * there is only one.
 */
export class FairQueue {
  readonly #limits: FairQueueLimits;
  readonly #held = new Map<string, number>();
  readonly #queue = new Map<string, Map<string, Ticket[]>>();
  #taken = 0;
  #waiting = 0;

  constructor(limits: FairQueueLimits) {
    this.#limits = limits;
  }

  get taken(): number {
    return this.#taken;
  }

  get waiting(): number {
    return this.#waiting;
  }

  /**
   * Runs `work` when it is the party's turn, and holds a slot as long as it runs.
   * @param gone aborts when the party no longer waits
   * @throws Outage when the queue is full or the wait too long, Refusal request_invalid when gone
   */
  async within<T>(party: Party, gone: AbortSignal, work: () => Promise<T>): Promise<T> {
    await this.#admission(party, gone);
    try {
      return await work();
    } finally {
      this.#release(party);
    }
  }

  #admission(party: Party, gone: AbortSignal): Promise<void> {
    if (this.#waiting === 0 && this.#mayHold(party)) {
      this.#take(party);
      return Promise.resolve();
    }
    const { waiting, waitingOfClient, waitMs } = this.#limits;
    const own = this.#queue.get(party.federation)?.get(party.client)?.length ?? 0;
    if (this.#waiting >= waiting || own >= waitingOfClient) {
      throw new Outage('service_unavailable', 'Too many uploads wait already; try again shortly.');
    }
    return new Promise((resolve, reject) => {
      const leave = (reason: Error) => {
        this.#withdraw(party, ticket);
        settle();
        reject(reason);
      };
      const timer = setTimeout(() => ticket.turnAway(), waitMs);
      const left = () =>
        leave(new Refusal('request_invalid', 'The connection broke before the upload began.'));
      const settle = () => {
        clearTimeout(timer);
        gone.removeEventListener('abort', left);
      };
      const ticket: Ticket = {
        admit: () => {
          settle();
          resolve();
        },
        turnAway: () =>
          leave(new Outage('service_unavailable', 'Other uploads take all the room; try again shortly.')),
      };
      gone.addEventListener('abort', left);
      this.#enqueue(party, ticket);
      if (gone.aborted) left();
      else this.#serve();
    });
  }

  #mayHold(party: Party): boolean {
    const { slots } = this.#limits;
    return this.#taken < slots && (this.#held.get(keyOf(party)) ?? 0) < Math.ceil(slots / 2);
  }

  #take(party: Party): void {
    this.#taken += 1;
    this.#held.set(keyOf(party), (this.#held.get(keyOf(party)) ?? 0) + 1);
  }

  #release(party: Party): void {
    this.#taken -= 1;
    const left = (this.#held.get(keyOf(party)) ?? 0) - 1;
    if (left > 0) this.#held.set(keyOf(party), left);
    else this.#held.delete(keyOf(party));
    this.#serve();
  }

  #enqueue({ federation, client }: Party, ticket: Ticket): void {
    const clients = this.#queue.get(federation) ?? new Map<string, Ticket[]>();
    this.#queue.set(federation, clients);
    clients.set(client, [...(clients.get(client) ?? []), ticket]);
    this.#waiting += 1;
  }

  #withdraw({ federation, client }: Party, ticket: Ticket): void {
    const clients = this.#queue.get(federation);
    const tickets = clients?.get(client);
    if (clients === undefined || tickets === undefined || !tickets.includes(ticket)) return;
    this.#waiting -= 1;
    const left = tickets.filter((other) => other !== ticket);
    if (left.length > 0) clients.set(client, left);
    else clients.delete(client);
    if (clients.size === 0) this.#queue.delete(federation);
  }

  /** Maps keep the order in which keys came: whoever is served goes to the end, and so does its federation. */
  #serve(): void {
    for (let next = this.#next(); next !== undefined; next = this.#next()) {
      const { party, ticket } = next;
      const { federation, client } = party;
      this.#withdraw(party, ticket);
      const clients = this.#queue.get(federation);
      const tickets = clients?.get(client);
      if (clients !== undefined) {
        this.#queue.delete(federation);
        this.#queue.set(federation, clients);
        clients.delete(client);
        if (tickets !== undefined) clients.set(client, tickets);
      }
      this.#take(party);
      ticket.admit();
    }
  }

  #next(): { party: Party; ticket: Ticket } | undefined {
    for (const [federation, clients] of this.#queue) {
      for (const [client, [ticket]] of clients) {
        const party = { federation, client };
        if (ticket !== undefined && this.#mayHold(party)) return { party, ticket };
      }
    }
    return undefined;
  }
}

function keyOf({ federation, client }: Party): string {
  return `${federation}/${client}`;
}
