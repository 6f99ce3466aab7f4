import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { Api } from '../api/api.ts';
import { unwrap } from '../api/unwrap.ts';
import { firstAwaited } from '../federation/firstAwaited.ts';
import { allItems } from '../paging/allItems.ts';
import { keys } from './keys.ts';

/** More clients than a table serves; the rest is found by the api. */
const CLIENTS_MAX = 5000;

const TIMELINE_PAGE = 50;

const AUDIT_PAGE = 100;

/** As typed; the empty ones are left out. */
export interface AuditFilter {
  federation: string;
  who: string;
  action: string;
}

/** What pages ask of the api. The server runs these to send a page with its data, the browser to refresh it. */
export const queries = {
  system: (api: Api) => queryOptions({ queryKey: keys.system, queryFn: () => unwrap(api.GET('/v1/system')) }),

  tokens: (api: Api) =>
    queryOptions({
      queryKey: keys.tokens,
      queryFn: () => allItems((query) => unwrap(api.GET('/v1/tokens', { params: { query } })), CLIENTS_MAX),
    }),

  audit: (api: Api, filter: AuditFilter) =>
    infiniteQueryOptions({
      queryKey: keys.audit({ ...filter }),
      initialPageParam: '',
      queryFn: ({ pageParam }) => {
        const given = Object.entries({ ...filter, cursor: pageParam }).filter(([, value]) => value !== '');
        const query = { limit: AUDIT_PAGE, ...Object.fromEntries(given) };
        return unwrap(api.GET('/v1/audit', { params: { query } }));
      },
      getNextPageParam: (page) => page.nextCursor,
    }),

  federations: (api: Api) =>
    queryOptions({
      queryKey: keys.federations,
      queryFn: () =>
        allItems((query) => unwrap(api.GET('/v1/federations', { params: { query } })), CLIENTS_MAX),
    }),

  federation: (api: Api, federation: string) =>
    queryOptions({
      queryKey: keys.federation(federation),
      queryFn: () => unwrap(api.GET('/v1/federations/{federation}', { params: { path: { federation } } })),
    }),

  rounds: (api: Api, federation: string) =>
    infiniteQueryOptions({
      queryKey: keys.rounds(federation),
      initialPageParam: undefined as string | undefined,
      queryFn: ({ pageParam }) =>
        unwrap(
          api.GET('/v1/federations/{federation}/rounds', {
            params: {
              path: { federation },
              query: { limit: TIMELINE_PAGE, ...(pageParam === undefined ? {} : { cursor: pageParam }) },
            },
          }),
        ),
      getNextPageParam: (page) => page.nextCursor,
    }),

  clients: (api: Api, federation: string) =>
    queryOptions({
      queryKey: keys.clients(federation),
      queryFn: () =>
        allItems(
          (query) =>
            unwrap(
              api.GET('/v1/federations/{federation}/clients', { params: { path: { federation }, query } }),
            ),
          CLIENTS_MAX,
        ),
    }),

  round: (api: Api, federation: string, round: number) =>
    queryOptions({
      queryKey: keys.round(federation, round),
      queryFn: () =>
        unwrap(
          api.GET('/v1/federations/{federation}/rounds/{round}', {
            params: { path: { federation, round: String(round) } },
          }),
        ),
    }),

  submissions: (api: Api, federation: string, round: number) =>
    queryOptions({
      queryKey: keys.submissions(federation, round),
      queryFn: () =>
        allItems(
          (query) =>
            unwrap(
              api.GET('/v1/federations/{federation}/rounds/{round}/submissions', {
                params: { path: { federation, round: String(round) }, query },
              }),
            ),
          CLIENTS_MAX,
        ),
    }),

  awaited: (api: Api, federation: string, round: number) =>
    queryOptions({
      queryKey: keys.awaited(federation, round),
      queryFn: () =>
        firstAwaited((query) =>
          unwrap(
            api.GET('/v1/federations/{federation}/rounds/{round}/participants', {
              params: { path: { federation, round: String(round) }, query },
            }),
          ),
        ),
    }),

  comparison: (api: Api, federation: string, round: number) =>
    queryOptions({
      queryKey: keys.comparison(federation, round),
      queryFn: () =>
        unwrap(
          api.GET('/v1/federations/{federation}/rounds/{round}/comparison', {
            params: { path: { federation, round: String(round) } },
          }),
        ),
    }),

  adapters: (api: Api, federation: string, round: number) =>
    queryOptions({
      queryKey: keys.adapters(federation, round),
      queryFn: async () =>
        (
          await unwrap(
            api.GET('/v1/federations/{federation}/rounds/{round}/adapters', {
              params: { path: { federation, round: String(round) } },
            }),
          )
        ).items,
    }),
};
