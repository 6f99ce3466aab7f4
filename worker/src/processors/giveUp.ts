import { Refusal } from '@florist/core/errors/refusal';
import { failAdapter } from '@florist/storage/adapters/failAdapter';
import type { AttemptRef } from '@florist/storage/adapters/refs';
import { UnrecoverableError } from 'bullmq';
import type { PublishContext } from '../publication/publishAttempt.js';
import { tidyAttempt } from '../publication/tidyAttempt.js';

/**
 * Fails the adapter for good when `error` is its users' mistake, and returns what the processor should throw:
 * mistakes are not tried again, faults and outages are.
 */
export async function giveUp(
  { ledger, blobs }: PublishContext,
  ref: AttemptRef,
  error: unknown,
): Promise<unknown> {
  if (!(error instanceof Refusal)) return error;
  await failAdapter(ledger, ref, { code: error.code, detail: error.message });
  await tidyAttempt(ledger, blobs, ref);
  return new UnrecoverableError(error.message);
}
