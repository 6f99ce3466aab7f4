/** Where the pages of the OpenAPI document are. */
export const DOCS_PREFIX = '/docs';

/** Where the contract's first version begins. */
export const V1_PREFIX = '/v1';
