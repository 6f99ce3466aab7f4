/** Carries the path and query of a page to its server components. */
export const PATH_HEADER = 'x-florist-path';
