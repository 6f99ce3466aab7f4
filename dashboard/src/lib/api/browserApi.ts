import type { paths } from '@florist/openapi/schema';
import createClient from 'openapi-fetch';
import type { Api } from './api.ts';

/** The api through the dashboard's own routes, which add the token that the browser never sees. */
export const browserApi: Api = createClient<paths>({ baseUrl: '/api' });
