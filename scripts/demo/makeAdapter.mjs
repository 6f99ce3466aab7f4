// @ts-check
import { encodeSafetensors } from './encodeSafetensors.mjs';
import { randomStream } from './randomStream.mjs';
import { toFloat16 } from './toFloat16.mjs';

/** Energy of a client's own noise beside a direction that all clients share, per direction. */
const NOISE = 0.35;
/** The shared spectrum falls by 1/e over this many directions in the first layers … */
const DECAY_FIRST = 9;
/** … and over this many in the last: deep layers learn more. */
const DECAY_LAST = 18;
/** Reflections that turn a client's basis, so that equal ranks do not mean equal columns. */
const REFLECTIONS = 3;
/** Random streams apart from each other: what is shared, a client's own, and its basis. */
const STREAM = { shared: 1, own: 2, basis: 3 };

/** @typedef {{ name: string, shape: [m: number, n: number] }} ModuleShape */

/**
 * @typedef {object} AdapterPlan
 * @property {ModuleShape[]} modules the adapted weight matrices, as PEFT names them
 * @property {number} rank
 * @property {number} alpha
 * @property {number} seed of the task: clients with the same seed learn the same directions
 * @property {number} client number of the client: its noise and its basis
 * @property {string} [baseModel]
 */

/**
 * A synthetic LoRA adapter as PEFT would save it, in float16. Each module's update is the first `rank`
 * directions of a spectrum that all clients share and that decays, plus noise of the client's own, in a basis
 * of the client's own. The same plan always gives the same bytes.
 *
 * @param {AdapterPlan} plan
 * @returns {{ config: Record<string, unknown>, file: Buffer<ArrayBuffer> }} adapter_config.json and
 *   adapter_model.safetensors
 */
export function makeAdapter(plan) {
  const tensors = plan.modules.flatMap((module, index) => {
    const { a, b } = makeFactors(plan, module, index);
    const [m, n] = module.shape;
    const prefix = `base_model.model.${module.name}`;
    return [
      { name: `${prefix}.lora_A.weight`, shape: [plan.rank, n], data: toFloat16(a) },
      { name: `${prefix}.lora_B.weight`, shape: [m, plan.rank], data: toFloat16(b) },
    ];
  });
  return { config: makeConfig(plan), file: encodeSafetensors(tensors) };
}

/**
 * A (r, n) and B (m, r), both row-major.
 *
 * @param {AdapterPlan} plan
 * @param {ModuleShape} module
 * @param {number} index
 */
function makeFactors({ modules, rank, seed, client }, { shape: [m, n] }, index) {
  const depth = modules.length > 1 ? index / (modules.length - 1) : 0;
  const decay = DECAY_FIRST + (DECAY_LAST - DECAY_FIRST) * depth;
  const a = new Float32Array(rank * n);
  const rows = new Float32Array(rank * m);
  for (let direction = 0; direction < rank; direction++) {
    const shared = randomStream(seed, STREAM.shared, index, direction);
    const own = randomStream(seed, STREAM.own, index, direction, client);
    const size = Math.exp(-direction / decay);
    fill(a.subarray(direction * n, (direction + 1) * n), shared, own, 1 / Math.sqrt(n));
    fill(rows.subarray(direction * m, (direction + 1) * m), shared, own, size / Math.sqrt(m));
  }
  turnBasis(a, rows, rank, randomStream(seed, STREAM.basis, index, client));
  return { a, b: transpose(rows, rank, m) };
}

/** @typedef {ReturnType<typeof randomStream>} Stream */

/**
 * @param {Float32Array} row
 * @param {Stream} shared
 * @param {Stream} own
 * @param {number} size
 */
function fill(row, shared, own, size) {
  for (let at = 0; at < row.length; at++) row[at] = size * (shared.normal() + NOISE * own.normal());
}

/**
 * Reflects A and Bᵀ, both (r, ·), by the same Householder matrices H = I − 2hhᵀ: (B H)(H A) = B A.
 *
 * @param {Float32Array} a
 * @param {Float32Array} bT
 * @param {number} rank
 * @param {Stream} stream
 */
function turnBasis(a, bT, rank, stream) {
  for (let turn = 0; turn < REFLECTIONS; turn++) {
    const h = Float64Array.from({ length: rank }, () => stream.normal());
    const length = Math.hypot(...h);
    for (let at = 0; at < rank; at++) h[at] = (h[at] ?? 0) / length;
    reflect(a, h);
    reflect(bT, h);
  }
}

/**
 * @param {Float32Array} rows (r, length)
 * @param {Float64Array} h unit vector of length r
 */
function reflect(rows, h) {
  const length = rows.length / h.length;
  const along = new Float64Array(length);
  h.forEach((weight, row) => {
    for (let at = 0; at < length; at++)
      along[at] = (along[at] ?? 0) + weight * (rows[row * length + at] ?? 0);
  });
  h.forEach((weight, row) => {
    for (let at = 0; at < length; at++) {
      const index = row * length + at;
      rows[index] = (rows[index] ?? 0) - 2 * weight * (along[at] ?? 0);
    }
  });
}

/**
 * @param {Float32Array} from (rows, cols)
 * @param {number} rows
 * @param {number} cols
 */
function transpose(from, rows, cols) {
  const to = new Float32Array(from.length);
  for (let row = 0; row < rows; row++) {
    for (let col = 0; col < cols; col++) to[col * rows + row] = from[row * cols + col] ?? 0;
  }
  return to;
}

/**
 * The fields of adapter_config.json that PEFT needs to load a LoRA adapter.
 *
 * @param {AdapterPlan} plan
 */
function makeConfig({ modules, rank, alpha, baseModel }) {
  const targets = new Set(modules.map(({ name }) => name.split('.').at(-1)));
  return {
    alpha_pattern: {},
    base_model_name_or_path: baseModel ?? null,
    bias: 'none',
    fan_in_fan_out: false,
    inference_mode: true,
    init_lora_weights: true,
    lora_alpha: alpha,
    lora_dropout: 0.0,
    modules_to_save: null,
    peft_type: 'LORA',
    r: rank,
    rank_pattern: {},
    target_modules: [...targets].sort(),
    task_type: 'CAUSAL_LM',
    use_dora: false,
    use_rslora: false,
  };
}
