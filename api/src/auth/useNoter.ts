import { noteClientUse } from '@florist/storage/clients/noteClientUse';
import type { Ledger } from '@florist/storage/ledger/openLedger';
import { noteTokenUse } from '@florist/storage/tokens/noteTokenUse';
import type { Principal } from './principal.js';

/** The least time between two notes of one token's use, in milliseconds: nobody asks for it more exactly. */
const NOTE_EVERY_MS = 60_000;

/** So many tokens are remembered before those that may be noted again are forgotten. */
const REMEMBERED_MAX = 10_000;

/**
 * Gives what notes in the ledger that a principal's token was used, at most once a minute and replica. No request
 * waits for it: a use that could not be noted is told to `onError` and noted at the next.
 */
export function useNoter(ledger: Ledger, onError: (error: unknown) => void): (principal: Principal) => void {
  const noted = new Map<string, number>();
  return (principal) => {
    const key = principal.role === 'client' ? `${principal.federation}.${principal.client}` : principal.token;
    const now = performance.now();
    if (now - (noted.get(key) ?? Number.NEGATIVE_INFINITY) < NOTE_EVERY_MS) {
      return;
    }
    if (noted.size >= REMEMBERED_MAX) {
      forgetBefore(noted, now - NOTE_EVERY_MS);
    }
    noted.set(key, now);
    note(ledger, principal).catch(onError);
  };
}

async function note(ledger: Ledger, principal: Principal): Promise<void> {
  if (principal.role === 'client') {
    await noteClientUse(ledger, principal.federation, principal.client);
  } else {
    await noteTokenUse(ledger, principal.token);
  }
}

function forgetBefore(noted: Map<string, number>, time: number): void {
  for (const [key, at] of noted) {
    if (at <= time) {
      noted.delete(key);
    }
  }
}
