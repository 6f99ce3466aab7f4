export interface AdapterRef {
  federation: string;
  round: number;
  adapter: string;
}

/** The adapter that closing a round asks for; later ones are derived. */
export const FIRST_ADAPTER = 'a1';

/**
 * One try at making an adapter. No two tries at an adapter of one name ever share a number, not even when its
 * federation was deleted and made again, so whatever carries the number is never mistaken for newer work.
 */
export interface AttemptRef extends AdapterRef {
  attempt: number;
}
