import 'server-only';
import { createFloristClient } from '@florist/openapi/client';
import { headers } from 'next/headers';
import type { Api } from '#lib/api/api.ts';
import { apiUrl } from '../settings.ts';
import { fetchFromApi } from './fetchFromApi.ts';
import { READER_HEADERS } from './readerHeaders.ts';

/** The api with a reader's token, for server components and routes; it learns for whom it is asked. */
export function serverApi(token: string): Api {
  return createFloristClient({
    baseUrl: apiUrl(),
    token,
    fetch: async (request) => {
      const reader = await headers();
      for (const name of READER_HEADERS) {
        const value = reader.get(name);
        if (value !== null) {
          request.headers.set(name, value);
        }
      }
      return fetchFromApi(request);
    },
  });
}
