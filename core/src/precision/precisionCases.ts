import type { ModuleClient, ModuleInput } from '../florist/moduleReport.js';
import type { Dtype } from '../kernel/kernel.js';
import { clientOf, clientsOf, directions } from './caseClients.js';
import { conditionedFactors, decayingFactors, gradeFactors, mixFactors } from './caseFactors.js';

/** A module whose spectrum is hard in a way that has a name. */
export interface PrecisionCase {
  readonly name: string;
  /** Makes it, the same every time. */
  make(): ModuleInput;
}

/** σ_1 / σ_r of ΔW before the factors are rounded to the dtype of the submissions. */
const CONDITIONS = [1, 1e3, 1e6, 1e9, 1e12];
/** The ranks that the design is measured by: r = 152. */
const RANKS = [4, 4, 8, 8, 16, 16, 32, 64];
const RANK = 152;
/** Longer than that stack on both sides, and small enough for the oracle. */
const SHAPE = [192, 160] as const;
/** Four times those clients: a stack of rank 608, larger than ΔW. */
const CROWD = [RANKS, RANKS, RANKS, RANKS].flat();
/** A stack so large that only the leading σ are looked for, and smaller than ΔW. */
const LARGE = { shape: [560, 540], ranks: Array<number>(68).fill(8) } as const;

/**
 * The cases of the precision table, with factors rounded to `dtype` as clients send them. What is compared with is
 * made of the rounded factors, so the rounding of the input counts for nothing.
 */
export function precisionCases(dtype: Dtype): PrecisionCase[] {
  return [
    ...CONDITIONS.map((condition) => ({
      name: `sizes apart, κ ${power(condition)}`,
      make: () => sizesApart(condition, dtype),
    })),
    ...CONDITIONS.map((condition) => ({
      name: `all mixed, κ ${power(condition)}`,
      make: () => allMixed(condition, RANK, RANKS, dtype),
    })),
    ...CONDITIONS.map((condition) => ({
      name: `32 clients, r > m + n, κ ${power(condition)}`,
      make: () => allMixed(condition, SHAPE[1], CROWD, dtype),
    })),
    ...deficient(dtype),
    { name: `r = ${sum(LARGE.ranks)}, ${LARGE.shape.join(' × ')}`, make: () => decaying(LARGE, 41, dtype) },
  ];
}

/**
 * Clients whose updates differ in size: each holds a stretch of the spectrum, the first client's the largest, and its
 * scale (alpha / r) says how large. So the whole spectrum survives the rounding of its factors to any dtype.
 */
function sizesApart(condition: number, dtype: Dtype): ModuleInput {
  const { sigma, ...factors } = conditionedFactors(SHAPE, RANK, condition, 1);
  let first = 0;
  const clients = RANKS.map((rank, k) => {
    const size = sigma[first];
    const own = sigma.slice(first, first + rank).map((value) => value / size);
    const part = mixFactors(gradeFactors(directions(factors, first, rank), own), rank, 10 + k);
    first += rank;
    return clientOf(part, dtype, RANKS.length, size);
  });
  return moduleOf(SHAPE, clients);
}

/**
 * Clients that share everything: every client holds a part of every direction, and the stack's own condition is far
 * from that of ΔW. Rounding the factors then fills the tail of the spectrum.
 */
function allMixed(condition: number, rank: number, ranks: readonly number[], dtype: Dtype): ModuleInput {
  const { sigma, ...factors } = conditionedFactors(SHAPE, rank, condition, 2);
  const mixed = mixFactors(gradeFactors(factors, sigma), sum(ranks), 20);
  return moduleOf(SHAPE, clientsOf(mixed, ranks, dtype));
}

/** Stacks of more rank than their ΔW. */
function deficient(dtype: Dtype): PrecisionCase[] {
  const [m, n] = SHAPE;
  const long = [m, n / 4] as const;
  const small = [m / 4, n / 4] as const;
  const changed = (change: (clients: readonly ModuleClient[]) => ModuleClient[]) => {
    const { clients } = decaying({ shape: SHAPE, ranks: RANKS }, 31, dtype);
    return moduleOf(SHAPE, change(clients));
  };
  return [
    { name: 'one A for all', make: () => changed(withOneA) },
    { name: 'equal clients', make: () => changed((clients) => clients.map(() => clients[4])) },
    { name: 'half of the B zero', make: () => changed(withZeroB) },
    { name: `r > n, ${long.join(' × ')}`, make: () => decaying({ shape: long, ranks: RANKS }, 32, dtype) },
    {
      name: `r > m + n, ${small.join(' × ')}`,
      make: () => decaying({ shape: small, ranks: RANKS }, 33, dtype),
    },
  ];
}

/** Clients of random directions, which shrink from one client to the next. */
function decaying(
  { shape, ranks }: { shape: readonly [number, number]; ranks: readonly number[] },
  seed: number,
  dtype: Dtype,
): ModuleInput {
  return moduleOf(shape, clientsOf(decayingFactors(shape, sum(ranks), seed), ranks, dtype));
}

/** As FFA-LoRA has it: clients of smaller rank hold the first rows of the largest one's A. */
function withOneA(clients: readonly ModuleClient[]): ModuleClient[] {
  const { a: widest } = clients.reduce((best, client) => (client.rank > best.rank ? client : best));
  return clients.map((client) => ({
    ...client,
    a: { ...client.a, bytes: widest.bytes.slice(0, client.a.bytes.byteLength) },
  }));
}

/** Every other client has not learned anything yet. */
function withZeroB(clients: readonly ModuleClient[]): ModuleClient[] {
  return clients.map((client, k) => {
    const bytes = k % 2 === 0 ? client.b.bytes : new Uint8Array(client.b.bytes.byteLength);
    return { ...client, b: { ...client.b, bytes } };
  });
}

function moduleOf(shape: readonly [number, number], clients: readonly ModuleClient[]): ModuleInput {
  return { name: 'model.layers.0.self_attn.q_proj', shape, clients };
}

const power = (value: number) => (value === 1 ? '1' : value.toExponential(0).replace('+', ''));

const sum = (ranks: readonly number[]) => ranks.reduce((total, rank) => total + rank, 0);
