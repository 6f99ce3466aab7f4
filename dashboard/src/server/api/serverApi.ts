import 'server-only';
import { createFloristClient } from '@florist/openapi/client';
import type { Api } from '#lib/api/api.ts';
import { apiUrl } from '../settings.ts';
import { fetchFromApi } from './fetchFromApi.ts';

/** The api with a reader's token, for server components and routes. */
export function serverApi(token: string): Api {
  return createFloristClient({ baseUrl: apiUrl(), token, fetch: (request) => fetchFromApi(request) });
}
