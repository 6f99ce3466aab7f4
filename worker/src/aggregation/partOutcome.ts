/** What became of a part: made now, there already, or no longer wanted, as when its round was cancelled. */
export type PartOutcome = 'made' | 'present' | 'unwanted';
