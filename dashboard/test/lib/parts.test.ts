import t from 'tap';
import type { Participant, System } from '#lib/api/types.ts';
import { toCsv } from '#lib/csv/toCsv.ts';
import { firstAwaited } from '#lib/federation/firstAwaited.ts';
import { toMatrix } from '#lib/federation/participation.ts';
import { sumSavings } from '#lib/federation/sumSavings.ts';
import { moduleGrid } from '#lib/modules/moduleGrid.ts';
import { parseModule } from '#lib/modules/parseModule.ts';
import { findOutliers } from '#lib/similarity/findOutliers.ts';
import { trimSimilarity } from '#lib/similarity/trimSimilarity.ts';
import { findConcerns } from '#lib/system/findConcerns.ts';
import { parseMetrics } from '#lib/system/parseMetrics.ts';
import { toTraffic } from '#lib/system/traffic.ts';
import { readSort, sortRows, writeSort } from '#lib/table/sortRows.ts';
import { safeNext } from '#lib/url/safeNext.ts';

t.test('CSV quotes what needs it and disarms formulas', async (t) => {
  const csv = toCsv(
    ['a', 'b'],
    [
      ['x,"y"', -1.5],
      ['=1+1', undefined],
      ['line\nbreak', true],
    ],
  );
  t.equal(csv, 'a,b\r\n"x,""y""",-1.5\r\n\'=1+1,\r\n"line\nbreak",true\r\n');
});

t.test('modules are placed by the first number in their names', async (t) => {
  t.same(parseModule('model.layers.12.self_attn.q_proj'), {
    layer: 12,
    projection: 'self_attn.q_proj',
    short: 'q_proj',
  });
  t.equal(parseModule('model.layers.3.mlp.experts.7.up_proj').projection, 'mlp.experts.7.up_proj');
  t.equal(parseModule('lm_head').layer, undefined);
});

t.test('the map has rows by layer and short names only where they stay distinct', async (t) => {
  const names = ['m.10.attn.q', 'm.2.attn.q', 'm.2.attn.v', 'head'];
  const grid = moduleGrid(names);
  t.same(grid.layers, ['—', 'L2', 'L10']);
  t.same(grid.projections, ['q', 'v', 'head']);
  t.same(grid.places[0], { column: 0, row: 2 });
  t.equal(grid.at(1, 1), 2);
  t.equal(grid.at(1, 2), undefined);
  t.same(moduleGrid(['m.0.a.q', 'm.0.b.q']).projections, ['a.q', 'b.q']);
});

t.test('the matrix counts weights within each round and keeps clients that are gone', async (t) => {
  const receipt = (client: string, numExamples: number, acceptedAt: string) => ({
    ...{ client, numExamples, acceptedAt, round: 1, sha256: '', bytes: 10, modules: 1, rank: 4 },
  });
  const deadlineAt = '2026-11-20T12:00:00Z';
  const matrix = toMatrix(
    [
      {
        round: { number: 1, state: 'published', deadlineAt },
        receipts: [receipt('b', 30, '2026-11-20T11:00:00Z'), receipt('gone', 10, '2026-11-20T12:30:00Z')],
      },
    ],
    ['a', 'b'],
  );
  t.same(
    matrix.rows.map(({ client, removed, cells }) => [
      client,
      removed,
      cells.map(({ weight, late }) => [weight, late]),
    ]),
    [
      ['a', false, []],
      ['b', false, [[0.75, false]]],
      ['gone', true, [[0.25, true]]],
    ],
  );
});

t.test('savings grow with submitters and leave out rounds without a result', async (t) => {
  const result = {
    ...{
      sha256: '',
      bytes: 1000,
      modules: 1,
      degenerateModules: 0,
      totalRank: 10,
      stackedRank: 40,
      parameters: 1,
    },
    ...{ energyKept: 1, relativeError: 0, executionProvider: 'cpu', seconds: 1, computeSeconds: 1 },
  };
  const adapter = {
    ...{
      id: 'a1',
      state: 'published' as const,
      current: true,
      requestedAt: '',
      progress: { done: 1, total: 1 },
    },
    aggregation: {
      ...{ method: 'florist' as const, rank: { policy: 'energy' as const, tau: 0.9 } },
      ...{ dtype: 'F32' as const, missingModules: 'reject' as const },
    },
    result,
  };
  t.same(sumSavings([{ adapter, submissionCount: 8 }, { submissionCount: 3 }]), { bytes: 24_000, rounds: 1 });
});

t.test('clients that point against the rest or are far larger stand apart', async (t) => {
  const clients = ['a', 'b', 'c', 'd', 'e', 'f'];
  const base = { clients, weights: clients.map(() => 1 / 6), cosine: [] };
  const even = {
    ...base,
    norms: [1, 1.1, 0.9, 1, 1.05, 0.95],
    cosineToMean: [0.9, 0.91, 0.89, 0.9, 0.92, 0.88],
  };
  t.same(findOutliers(even), []);
  const found = findOutliers({
    ...base,
    norms: [1, 1.1, 0.9, 1, 0, 40],
    cosineToMean: [0.9, 0.91, 0.89, -0.3, 0, 0.9],
  });
  t.same(
    found.map(({ client }) => client),
    ['d', 'e', 'f'],
  );
  t.match(found[0]?.reason, /against the mean/);
  t.same(
    found.map(({ against }) => against),
    [true, false, false],
  );
});

t.test('a client that agrees with the mean, only less than most, does not stand apart', async (t) => {
  const clients = ['a', 'b', 'c', 'd', 'e', 'f'];
  const base = { clients, weights: clients.map(() => 1 / 6), norms: clients.map(() => 1), cosine: [] };
  t.same(findOutliers({ ...base, cosineToMean: [0.71, 0.86, 0.85, 0.86, 0.87, 0.86] }), []);
  t.same(findOutliers({ ...base, cosineToMean: [0.31, 0.86, 0.85, 0.86, 0.87, 0.86] }), [
    {
      client: 'a',
      reason: 'it agrees less with the mean than most (cosine 0.31; median 0.86)',
      against: false,
    },
  ]);
});

t.test('a large similarity keeps the pairs of those furthest from the mean', async (t) => {
  const clients = ['a', 'b', 'c', 'd'];
  const cosine = clients.map((_, row) => clients.map((_, column) => row * 10 + column));
  const trimmed = trimSimilarity(
    { clients, weights: [], norms: [], cosineToMean: [0.9, 0.1, 0.8, 0.2], cosine },
    2,
  );
  t.same(trimmed.shown, ['b', 'd']);
  t.same(trimmed.cosine, [
    [11, 13],
    [31, 33],
  ]);
  t.same(trimmed.clients, clients);
});

t.test('measurements are read and summed by route', async (t) => {
  const traffic = toTraffic(
    parseMetrics(
      [
        '# HELP florist_upload_bytes_total x',
        'florist_upload_bytes_total 1234',
        'florist_submissions_total{outcome="accepted"} 7',
        'florist_http_request_duration_seconds_bucket{le="0.1",method="GET",route="/v1/x",status="200"} 95',
        'florist_http_request_duration_seconds_bucket{le="1",method="GET",route="/v1/x",status="200"} 99',
        'florist_http_request_duration_seconds_bucket{le="+Inf",method="GET",route="/v1/x",status="200"} 99',
        'florist_http_request_duration_seconds_sum{method="GET",route="/v1/x",status="200"} 9.9',
        'florist_http_request_duration_seconds_count{method="GET",route="/v1/x",status="200"} 99',
        'florist_http_request_duration_seconds_count{method="GET",route="/v1/x",status="503"} 1',
      ].join('\n'),
    ),
  );
  t.same(traffic.submissions, [{ outcome: 'accepted', count: 7 }]);
  t.equal(traffic.uploadBytes, 1234);
  t.match(traffic.routes, [{ route: '/v1/x', requests: 100, faults: 1, p95Seconds: 0.1 }]);
});

t.test('tables sort by number or natural name, and unknown values stay last', async (t) => {
  const rows = [{ n: 'c10' }, { n: 'c2' }, { n: undefined }, { n: 'c1' }];
  t.same(
    sortRows(rows, ({ n }) => n, false).map(({ n }) => n),
    ['c1', 'c2', 'c10', undefined],
  );
  t.same(
    sortRows(rows, ({ n }) => n, true).map(({ n }) => n),
    ['c10', 'c2', 'c1', undefined],
  );
  t.same(readSort(writeSort({ column: 'rank', descending: true })), { column: 'rank', descending: true });
});

t.test('signing in leads nowhere but to this site', async (t) => {
  t.equal(safeNext('/federations/a?tau=0.9'), '/federations/a?tau=0.9');
  for (const evil of [
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    'javascript:alert(1)',
    undefined,
  ]) {
    t.equal(safeNext(evil), '/');
  }
});

t.test('an operator is told what is wrong with the parts, and of nothing else', async (t) => {
  const sound: System = {
    api: { version: '1.0.0', nodeVersion: 'v20.20.2', host: 'a', uptimeSeconds: 1 },
    workers: [],
    queues: [],
    redis: {
      ...{ version: '7.4.0', uptimeSeconds: 1, usedMemoryBytes: 1e9, systemMemoryBytes: 1e10 },
      ...{ maxMemoryPolicy: 'noeviction', appendOnly: true, lastWrite: 'ok', connectedClients: 3 },
    },
    blobs: { writable: true, freeBytes: 5e11, totalBytes: 1e12 },
    reconciler: { findings: [] },
  };
  const api = { ready: true, milliseconds: 1, problem: undefined };
  const titles = (redis: Partial<System['redis']>, blobs: Partial<System['blobs']> = {}) =>
    findConcerns({
      api,
      system: { ...sound, redis: { ...sound.redis, ...redis }, blobs: { ...sound.blobs, ...blobs } },
    }).map(({ title }) => title);
  t.same(titles({}), []);
  t.same(titles({ maxMemoryBytes: 2e9 }), []);
  t.same(titles({ maxMemoryBytes: 1.1e9 }), ['Redis is nearly full']);
  t.same(titles({ appendOnly: false }), ['Redis keeps nothing across a restart']);
  t.same(titles({ lastWrite: 'err' }), ['Redis could not write its append-only file']);
  t.same(titles({ maxMemoryPolicy: 'allkeys-lru' }), ['Redis may forget']);
  t.same(titles({}, { writable: false, problem: 'ENOSPC' }), ['Blobs cannot be written']);
  t.same(titles({}, { freeBytes: 4e10 }), ['The disk is nearly full']);
  t.same(titles({}, { freeBytes: 4e9, totalBytes: 2e10 }), ['The disk is nearly full']);
  const finding = (federation: string) => ({
    federation,
    kind: 'adapter_damaged' as const,
    detail: 'A file is missing.',
    foundAt: '2026-01-01T00:00:00.000Z',
  });
  const reconciler = { findings: ['a', 'b', 'c', 'd'].map(finding) };
  t.match(findConcerns({ api, system: { ...sound, reconciler } }), [
    { urgent: true, detail: /^a: A file is missing\. b: .* c: .* And 1 more\.$/ },
  ]);
  t.same(findConcerns({ api, system: undefined }), [], 'what cannot be told is no concern of its own');
});

t.test('those awaited are found behind those who are in, and one more than a page shows', async (t) => {
  const participant = (index: number, rest: Partial<Participant> = {}): Participant => ({
    client: `c${index}`,
    ...{ invited: true, state: 'silent', submitted: false, carried: false },
    ...rest,
  });
  const paged = (items: Participant[]) => {
    const asked: number[] = [];
    const found = firstAwaited(async ({ limit, cursor = '0' }) => {
      asked.push(limit);
      const end = Number(cursor) + limit;
      const page = { items: items.slice(Number(cursor), end) };
      return end < items.length ? { ...page, nextCursor: String(end) } : page;
    });
    return { asked, found };
  };
  const late = paged([
    ...Array.from({ length: 1500 }, (_, index) => participant(index, { submitted: true })),
    participant(1500, { submitted: true, carried: true }),
    participant(1501, { submitted: true, carried: true, invited: false }),
    participant(1502),
  ]);
  t.same(
    (await late.found).map(({ client }) => client),
    ['c1500', 'c1502'],
  );
  t.same(late.asked, [101, 1000, 1000]);
  const many = paged(Array.from({ length: 3000 }, (_, index) => participant(index)));
  t.equal((await many.found).length, 101);
  t.same(many.asked, [101], 'and no more is asked for');
});
