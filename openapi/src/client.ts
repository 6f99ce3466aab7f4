import createClient, { type Client } from 'openapi-fetch';
import type { paths } from './schema.js';

export interface FloristClientOptions {
  /** Where the api is, such as `http://127.0.0.1:8080`. */
  baseUrl: string;
  /** Bearer token of an operator, a viewer or a client. */
  token: string;
  /** In place of the global one. */
  fetch?: (request: Request) => Promise<Response>;
}

export type FloristClient = Client<paths>;

/** A client whose every call has the types of the OpenAPI document. */
export function createFloristClient({ baseUrl, token, fetch }: FloristClientOptions): FloristClient {
  return createClient<paths>({
    baseUrl,
    headers: { authorization: `Bearer ${token}` },
    ...(fetch && { fetch }),
  });
}
