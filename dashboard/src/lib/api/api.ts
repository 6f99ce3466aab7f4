import type { FloristClient } from '@florist/openapi/client';

/** The api as its OpenAPI document describes it; the same type in the browser and on this server. */
export type Api = FloristClient;
