/** Carries the path and query of a page to its server components. */
export const PATH_HEADER = 'x-florist-path';

/** Carries the nonce of styles to the page. */
export const STYLE_NONCE_HEADER = 'x-florist-style-nonce';
