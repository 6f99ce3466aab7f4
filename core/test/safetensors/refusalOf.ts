import { Refusal } from '../../src/errors/refusal.js';

/** The refusal that `act` throws. Any other outcome fails the test that asked. */
export function refusalOf(act: () => unknown): Refusal {
  try {
    act();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}
