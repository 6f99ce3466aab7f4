import { noteClientUse } from '@florist/storage/clients/noteClientUse';
import type { Ledger } from '@florist/storage/ledger/openLedger';
import { noteTokenUse } from '@florist/storage/tokens/noteTokenUse';
import type { Principal } from './principal.js';

/** The least time between two notes of one token's use, in milliseconds: nobody asks for it more exactly. */
const NOTE_EVERY_MS = 60_000;

/** So many tokens are remembered; of more, those whose use was noted longest ago are forgotten. */
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
    noted.delete(key); // so that the oldest is the first
    noted.set(key, now);
    if (noted.size > REMEMBERED_MAX) {
      forgetOldest(noted);
    }
    note(ledger, principal).catch((error: unknown) => {
      noted.delete(key);
      onError(error);
    });
  };
}

async function note(ledger: Ledger, principal: Principal): Promise<void> {
  if (principal.role === 'client') {
    await noteClientUse(ledger, principal.federation, principal.client);
  } else {
    await noteTokenUse(ledger, principal.token);
  }
}

function forgetOldest(noted: Map<string, number>): void {
  for (const key of noted.keys()) {
    noted.delete(key);
    return;
  }
}
