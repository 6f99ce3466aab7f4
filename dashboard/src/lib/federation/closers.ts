/** What closed a round, as a sentence ends: "closed by …". */
export const CLOSERS = { operator: 'an operator', full: 'being full', deadline: 'its deadline' } as const;
