import { readFileSync } from 'node:fs';
import { toFloat64 } from '@florist/core/kernel/convert';
import { parseHeader } from '@florist/core/safetensors/parseHeader';
import t from 'tap';
import { tsImport } from 'tsx/esm/api';
import { submissionForm } from './fixtures/encodeForm.js';
import { openFederation } from './fixtures/openFederation.js';
import { startApi } from './fixtures/startApi.js';
import { startProcess } from './fixtures/startProcess.js';
import { submitForm } from './fixtures/submit.js';

const CASES = ['homogeneous', 'heterogeneous', 'mixed-scaling', 'degenerate'];
/** Of the largest singular value. */
const SIGMA_ERROR_MAX = 1e-6;
/** Of ‖ΔW‖, between the published product and the truncation of the exact ΔW. */
const PRODUCT_ERROR_MAX = 1e-5;

const GOLDEN = new URL('../../core/test/golden/', import.meta.url);
const JACOBI = new URL('../../core/test/linalg/jacobiSvd.ts', import.meta.url).href;

interface Svd {
  u: Float64Array;
  s: Float64Array;
  v: Float64Array;
}
interface Oracle {
  jacobiSvd(x: Float64Array, rows: number, cols: number): Svd;
  truncated(svd: Svd, rows: number, cols: number, p: number): Float64Array;
}
/** A float64 decomposition that shares nothing with the code under test. */
const { jacobiSvd, truncated }: Oracle = await tsImport(JACOBI, import.meta.url);

interface ExpectedModule {
  shape: [number, number];
  stackedRank: number;
  energy: number;
  singularValues: number[];
  rankAt: Record<string, number>;
}

interface Spectrum {
  modules: {
    name: string;
    stackedRank: number;
    rank: number;
    degenerate: boolean;
    singularValues: number[];
  }[];
}

const api = await startApi(t);
startProcess(t, 'worker/dist/main.js', api.env);

const read = (path: string) => readFileSync(new URL(path, GOLDEN));

for (const name of CASES) {
  t.test(`golden ${name}, over HTTP and at every τ`, async (t) => {
    const { numExamples, modules }: { numExamples: number[]; modules: Record<string, ExpectedModule> } =
      JSON.parse(read(`${name}/expected.json`).toString());
    const round = `/v1/federations/${name}/rounds/1`;
    const clients = numExamples.map((_, k) => `client-${k}`);
    const thresholds = [...Object.keys(Object.values(modules)[0]?.rankAt ?? {}).map(Number), 1];
    const [first = 0.9, ...others] = thresholds;
    await openFederation(api, name, clients, { aggregation: { rank: { policy: 'energy', tau: first } } });
    for (const [k, client] of clients.entries()) {
      const made = {
        config: JSON.parse(read(`${name}/${client}/adapter_config.json`).toString()),
        adapter: read(`${name}/${client}/adapter_model.safetensors`),
      };
      const form = submissionForm(made, numExamples[k]);
      t.equal((await submitForm(api, `${round}/submissions/${client}`, form)).status, 201);
    }
    t.equal((await api.call('POST', `${round}/close`)).status, 202);
    await published(round, 'a1');
    for (const tau of others) {
      const body = { aggregation: { rank: { policy: 'energy', tau } } };
      t.equal((await api.call('POST', `${round}/adapters`, { body })).status, 202);
    }
    const deltas = tensorsOf(read(`${name}/delta_w.safetensors`));
    for (const [index, tau] of thresholds.entries()) {
      const adapter = `a${index + 1}`;
      await published(round, adapter);
      const spectrum: Spectrum = (await api.call('GET', `${round}/spectrum?adapter=${adapter}`)).json;
      const file = await api.call('GET', `${round}/adapter/adapter_model.safetensors?adapter=${adapter}`);
      const tensors = tensorsOf(file.bytes);
      t.equal(spectrum.modules.length, Object.keys(modules).length);
      for (const module of spectrum.modules) {
        const expected = modules[module.name];
        const delta = deltas.get(module.name);
        if (expected === undefined || delta === undefined) throw new Error(`no module ${module.name}`);
        const rank = rankFor(expected, tau);
        t.equal(module.rank, Math.max(1, rank), `${module.name}: rank at τ ${tau}`);
        t.equal(module.stackedRank, expected.stackedRank);
        t.equal(module.degenerate, expected.energy === 0);
        for (const [i, sigma] of module.singularValues.entries()) {
          const off = Math.abs(sigma - (expected.singularValues[i] ?? 0));
          t.ok(off <= SIGMA_ERROR_MAX * (expected.singularValues[0] ?? 0), `σ_${i + 1} is off by ${off}`);
        }
        const [m, n] = expected.shape;
        const answer = truncated(jacobiSvd(delta, m, n), m, n, rank);
        const product = productOf(tensors, module.name, m, n);
        const norm = Math.hypot(...delta);
        const error = Math.hypot(...product.map((value, i) => value - (answer[i] ?? Number.NaN)));
        t.ok(error <= PRODUCT_ERROR_MAX * norm, `${module.name}: product at τ ${tau} is off by ${error}`);
      }
    }
  });
}

async function published(round: string, adapter: string): Promise<void> {
  for (;;) {
    const { items } = (await api.call('GET', `${round}/adapters`)).json;
    const { state, error } = items.find(({ id }: { id: string }) => id === adapter);
    if (state === 'published') return;
    if (state === 'failed') throw new Error(`${adapter} failed: ${JSON.stringify(error)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** At τ = 1 every σ above 1e-7 of the largest stays. */
function rankFor({ rankAt, singularValues }: ExpectedModule, tau: number): number {
  if (tau < 1) return rankAt[tau] ?? Number.NaN;
  return singularValues.filter((sigma) => sigma > 1e-7 * (singularValues[0] ?? 0)).length;
}

/** Every tensor of a safetensors file as float64. */
function tensorsOf(file: Uint8Array): Map<string, Float64Array> {
  const { tensors } = parseHeader(file, file.byteLength);
  return new Map(
    tensors.map(({ name, dtype, begin, end }) => {
      const bytes = file.slice(begin, end);
      if (dtype === 'F64') return [name, new Float64Array(Uint8Array.from(bytes).buffer)];
      if (dtype !== 'F32') throw new Error(`${name} is ${dtype}`);
      return [name, toFloat64(Uint8Array.from(bytes), dtype)];
    }),
  );
}

/** B_g A_g (m, n) of a module, as published. */
function productOf(tensors: Map<string, Float64Array>, module: string, m: number, n: number): Float64Array {
  const b = tensors.get(`base_model.model.${module}.lora_B.weight`) ?? new Float64Array(0);
  const a = tensors.get(`base_model.model.${module}.lora_A.weight`) ?? new Float64Array(0);
  const p = a.length / n;
  const out = new Float64Array(m * n);
  for (let i = 0; i < m; i++) {
    for (let k = 0; k < p; k++) {
      const factor = b[i * p + k] ?? Number.NaN;
      for (let j = 0; j < n; j++)
        out[i * n + j] = (out[i * n + j] ?? 0) + factor * (a[k * n + j] ?? Number.NaN);
    }
  }
  return out;
}
