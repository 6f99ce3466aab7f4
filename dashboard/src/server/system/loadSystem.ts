import 'server-only';
import { ApiProblem } from '#lib/api/ApiProblem.ts';
import { isProblem } from '#lib/api/isProblem.ts';
import { makeProblem, toProblem } from '#lib/api/toProblem.ts';
import type { Round } from '#lib/api/types.ts';
import { unwrap } from '#lib/api/unwrap.ts';
import { parseMetrics } from '#lib/system/parseMetrics.ts';
import type { AggregationSeen, Publication, SystemReport } from '#lib/system/systemReport.ts';
import { toTraffic } from '#lib/system/traffic.ts';
import { fetchFromApi } from '../api/fetchFromApi.ts';
import { serverApi } from '../api/serverApi.ts';
import type { Session } from '../session/session.ts';
import { apiUrl } from '../settings.ts';

/** Federations and, of each, rounds that are looked at for what workers do. */
const FEDERATIONS_MAX = 50;
const ROUNDS_EACH = 3;

const PUBLICATIONS_SHOWN = 10;

/** Puts together what the api lets be seen. Parts that fail are told as such; the rest is shown. */
export async function loadSystem(session: Session): Promise<SystemReport> {
  const [api, system, traffic, work] = await Promise.all([
    checkApi(),
    describe(session),
    loadTraffic(),
    loadWork(session),
  ]);
  return {
    apiUrl: apiUrl(),
    api,
    system,
    traffic,
    ...work,
    dashboard: {
      nodeVersion: process.version,
      uptimeSeconds: process.uptime(),
      memoryBytes: process.memoryUsage.rss(),
    },
  };
}

async function checkApi(): Promise<SystemReport['api']> {
  const start = performance.now();
  try {
    const response = await fetchFromApi(`${apiUrl()}/readyz`);
    const milliseconds = performance.now() - start;
    const body: unknown = await response.json().catch(() => undefined);
    const problem = isProblem(body)
      ? body
      : makeProblem(response.status, 'unexpected', 'Not ready', `The api answered HTTP ${response.status}.`);
    return { ready: response.ok, milliseconds, problem: response.ok ? undefined : problem };
  } catch (error) {
    return { ready: false, milliseconds: performance.now() - start, problem: toProblem(error) };
  }
}

async function describe({ token }: Session): Promise<SystemReport['system']> {
  try {
    return await unwrap(serverApi(token).GET('/v1/system'));
  } catch (error) {
    return undefinedUnlessRefused(error);
  }
}

async function loadTraffic(): Promise<SystemReport['traffic']> {
  try {
    const response = await fetchFromApi(`${apiUrl()}/metrics`);
    return response.ok ? toTraffic(parseMetrics(await response.text())) : undefined;
  } catch {
    return undefined;
  }
}

async function loadWork(session: Session): Promise<Pick<SystemReport, 'aggregating' | 'published'>> {
  try {
    const rounds = await latestRounds(session);
    return {
      aggregating: rounds.flatMap(toAggregation),
      published: rounds
        .flatMap(toPublication)
        .sort((a, b) => b.at.localeCompare(a.at))
        .slice(0, PUBLICATIONS_SHOWN),
    };
  } catch (error) {
    return { aggregating: undefinedUnlessRefused(error), published: undefined };
  }
}

/** What cannot be told now is left out; that the reader may not know it is said. */
function undefinedUnlessRefused(error: unknown): undefined {
  if (error instanceof ApiProblem && (error.status === 401 || error.status === 403)) {
    throw error;
  }
  return undefined;
}

interface FederationRound {
  federation: string;
  round: Round;
}

async function latestRounds(session: Session): Promise<FederationRound[]> {
  const api = serverApi(session.token);
  const { items } = await unwrap(
    api.GET('/v1/federations', { params: { query: { limit: FEDERATIONS_MAX } } }),
  );
  const rounds = await Promise.all(
    items
      .filter(({ latestRound }) => latestRound !== undefined)
      .map(async ({ name: federation }) => {
        const page = await unwrap(
          api.GET('/v1/federations/{federation}/rounds', {
            params: { path: { federation }, query: { limit: ROUNDS_EACH } },
          }),
        );
        return page.items.map((round) => ({ federation, round }));
      }),
  );
  return rounds.flat();
}

function toAggregation({ federation, round }: FederationRound): AggregationSeen[] {
  const { number, state, progress, closedAt } = round;
  return state === 'aggregating' ? [{ federation, round: number, ...progress, closedAt }] : [];
}

function toPublication({
  federation,
  round: { number, publishedAt, adapter },
}: FederationRound): Publication[] {
  const result = adapter?.result;
  if (result === undefined || publishedAt === undefined) {
    return [];
  }
  const { executionProvider, seconds, computeSeconds, modules } = result;
  return [
    { federation, round: number, at: publishedAt, executionProvider, seconds, computeSeconds, modules },
  ];
}
