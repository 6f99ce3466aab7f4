/** What tells the api who asks, for its audit trail and its limits: server.mjs has added the reader's address. */
export const READER_HEADERS = ['user-agent', 'x-forwarded-for'] as const;
