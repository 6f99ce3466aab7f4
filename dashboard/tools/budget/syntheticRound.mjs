// @ts-check

export const FEDERATION = 'synthetic';
const LAYERS = 80;
const PROJECTIONS = ['q_proj', 'k_proj', 'v_proj', 'o_proj', 'gate_proj', 'up_proj', 'down_proj'];
const SINGULAR_VALUES = 1600;
const SIDE = 4096;
const CLIENTS = 1000;
const SUBMITTED = 250; // about as many as the api compares each with each
const ROUNDS = 1000;
const TAU = 0.9;
const AT = '2026-11-20T12:00:00.000Z';

/**
 * A round of a large model and many clients, in the shapes of the api: 560 modules with 1,600 singular values
 * each, 250 submissions, a thousand clients, a thousand rounds before it.
 */
export function syntheticRound() {
  const modules = makeModules();
  const totalRank = modules.reduce((sum, { rank }) => sum + rank, 0);
  const stackedRank = modules.length * SINGULAR_VALUES;
  const aggregation = {
    method: 'florist',
    rank: { policy: 'energy', tau: TAU },
    dtype: 'F16',
    missingModules: 'reject',
  };
  const result = {
    ...{ sha256: 'a'.repeat(64), bytes: totalRank * SIDE * 4, modules: modules.length, degenerateModules: 0 },
    ...{ totalRank, stackedRank, parameters: totalRank * SIDE * 2, energyKept: 0.91, relativeError: 0.3 },
    ...{ executionProvider: 'cuda', seconds: 42.5, computeSeconds: 160 },
  };
  const adapter = {
    ...{ id: 'a1', state: 'published', current: true, aggregation, requestedAt: AT, publishedAt: AT },
    ...{ progress: { done: modules.length, total: modules.length }, result },
  };
  const clients = Array.from({ length: CLIENTS }, (_, index) => `client-${String(index).padStart(3, '0')}`);
  const submitted = clients.slice(0, SUBMITTED);
  /** @param {number} number */
  const round = (number) => ({
    ...{
      number,
      state: 'published',
      openedAt: AT,
      closedAt: AT,
      closedBy: 'full',
      publishedAt: AT,
      waitingFor: [],
    },
    ...{ submissionCount: SUBMITTED, progress: adapter.progress, adapter },
  });
  return {
    spectrum: { tau: TAU, modules },
    adapters: { items: [adapter] },
    round: round(ROUNDS),
    rounds: Array.from({ length: ROUNDS }, (_, index) => round(ROUNDS - index)),
    federation: {
      ...{ name: FEDERATION, baseModel: 'synthetic/70b', aggregation, rounds: { minSubmissions: SUBMITTED } },
      ...{ createdAt: AT, clientCount: CLIENTS, latestRound: { number: ROUNDS, state: 'published' } },
    },
    clients: clients.map((client) => ({
      client,
      federation: FEDERATION,
      registeredAt: AT,
      tokenCreatedAt: AT,
    })),
    receipts: submitted.map((client, index) => ({
      ...{ client, round: ROUNDS, sha256: 'b'.repeat(64), bytes: 7e8, numExamples: 1000 + index },
      ...{ modules: modules.length, rank: 16, acceptedAt: AT },
    })),
    similarity: makeSimilarity(submitted),
    comparison: makeComparison(totalRank, stackedRank),
    system: makeSystem(),
  };
}

function makeModules() {
  const modules = [];
  for (let layer = 0; layer < LAYERS; layer++) {
    for (const [index, projection] of PROJECTIONS.entries()) {
      const decay = 12 + 60 * Math.abs(Math.sin(layer * 0.37 + index * 1.3));
      const singularValues = Array.from(
        { length: SINGULAR_VALUES },
        (_, i) => Math.exp(-i / decay) * (1 + 0.1 * Math.sin(i)) + 1e-5 / (1 + i),
      ).sort((a, b) => b - a);
      const energy = singularValues.reduce((sum, value) => sum + value * value, 0);
      let kept = 0;
      let rank = 0;
      while (kept < TAU * energy) {
        kept += (singularValues[rank] ?? 0) ** 2;
        rank += 1;
      }
      const block = index < 4 ? 'self_attn' : 'mlp';
      modules.push({
        ...{ name: `model.layers.${layer}.${block}.${projection}`, shape: [SIDE, SIDE] },
        ...{ stackedRank: SINGULAR_VALUES, rank, energy, degenerate: false, singularValues },
      });
    }
  }
  return modules;
}

/** @param {string[]} clients */
function makeSimilarity(clients) {
  return {
    clients,
    weights: clients.map(() => 1 / clients.length),
    norms: clients.map((_, index) => 4 + Math.sin(index)),
    cosineToMean: clients.map((_, index) => 0.8 + 0.1 * Math.sin(index * 3)),
    cosine: clients.map((_, row) =>
      clients.map((_, column) => (row === column ? 1 : 0.6 + 0.2 * Math.sin(row * column))),
    ),
  };
}

/**
 * @param {number} totalRank
 * @param {number} stackedRank
 */
function makeComparison(totalRank, stackedRank) {
  /** @type {[string, number, number | null][]} */
  const methods = [
    ['florist', totalRank, 0.3],
    ['fedit', 8960, 0.7],
    ['ffa-lora', 4480, null],
    ['flora', stackedRank, 0],
    ['flexlora', 8960, 0.4],
  ];
  return {
    ...{ dtype: 'F16', clients: SUBMITTED, modules: LAYERS * PROJECTIONS.length },
    methods: methods.map(([method, rank, relativeError]) => ({
      ...{ method, totalRank: rank, parameters: rank * SIDE * 2, bytes: rank * SIDE * 4, uploadBytes: 7e10 },
      ...{ efficiency: 1 / rank, relativeError, flops: 1e12 },
      ...(method === 'florist' ? { tau: TAU } : {}),
    })),
  };
}

function makeSystem() {
  const idle = { waiting: 0, active: 0, delayed: 0, waitingForParts: 0, failed: 0 };
  return {
    api: { version: '1.0.0', nodeVersion: process.version, host: 'api-1', uptimeSeconds: 86_400 },
    workers: Array.from({ length: 16 }, (_, index) => ({
      ...{ id: `worker-${index}`, host: `gpu-${index}`, pid: 7, provider: 'cuda', reason: 'CUDA works' },
      ...{ concurrency: 2, threads: 8, startedAt: AT, seenAt: AT, aliveMs: 15_000 },
    })),
    queues: ['aggregate', 'publish', 'sweep'].map((name) => ({
      name: `florist-${name}`,
      purpose: '',
      ...idle,
    })),
    redis: {
      ...{ version: '7.4.0', uptimeSeconds: 86_400, usedMemoryBytes: 4e8, systemMemoryBytes: 6.4e10 },
      ...{ maxMemoryPolicy: 'noeviction', appendOnly: true, lastWrite: 'ok', connectedClients: 40 },
    },
    blobs: { writable: true, freeBytes: 8e11, totalBytes: 1e12 },
  };
}
