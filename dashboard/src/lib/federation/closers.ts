/** How a round came to be closed. */
export const CLOSERS = {
  operator: 'closed by an operator',
  full: 'closed when full',
  deadline: 'closed at its deadline',
} as const;
