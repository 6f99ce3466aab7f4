// @ts-check
import t from 'tap';
import { makeAdapter } from '../demo/makeAdapter.mjs';
import { llama7b, tinyLlama } from '../demo/modelShapes.mjs';

/** @type {import('../demo/makeAdapter.mjs').ModuleShape[]} */
const MODULES = [
  { name: 'model.layers.0.self_attn.q_proj', shape: [48, 32] },
  { name: 'model.layers.0.self_attn.v_proj', shape: [16, 32] },
];
const PLAN = { modules: MODULES, rank: 4, alpha: 8, seed: 5, client: 0 };

/**
 * @param {Buffer} file
 * @returns {{ header: Record<string, { dtype: string, shape: number[], data_offsets: [number, number] }>, start: number }}
 */
function read(file) {
  const start = 8 + Number(file.readBigUInt64LE());
  const { __metadata__, ...header } = JSON.parse(file.toString('utf8', 8, start));
  return { header, start };
}

t.test('writes the tensors of PEFT, without gaps', async (t) => {
  const { file } = makeAdapter(PLAN);
  const { header, start } = read(file);
  t.equal(start % 8, 0);
  const shapes = Object.entries(header).map(([name, { dtype, shape }]) => [name, dtype, ...shape]);
  t.strictSame(shapes, [
    ['base_model.model.model.layers.0.self_attn.q_proj.lora_A.weight', 'F16', 4, 32],
    ['base_model.model.model.layers.0.self_attn.q_proj.lora_B.weight', 'F16', 48, 4],
    ['base_model.model.model.layers.0.self_attn.v_proj.lora_A.weight', 'F16', 4, 32],
    ['base_model.model.model.layers.0.self_attn.v_proj.lora_B.weight', 'F16', 16, 4],
  ]);
  let end = 0;
  for (const { shape, data_offsets: offsets } of Object.values(header)) {
    const bytes = 2 * shape.reduce((size, side) => size * side, 1);
    t.strictSame(offsets, [end, end + bytes]);
    end += bytes;
  }
  t.equal(file.length, start + end);
});

t.test('says in the config what PEFT needs', async (t) => {
  const { config } = makeAdapter({ ...PLAN, baseModel: 'tiny' });
  t.match(config, { peft_type: 'LORA', r: 4, lora_alpha: 8, base_model_name_or_path: 'tiny' });
  t.strictSame(config.target_modules, ['q_proj', 'v_proj']);
});

t.test('is reproducible, and different for every client and seed', async (t) => {
  const { file } = makeAdapter(PLAN);
  t.ok(makeAdapter({ ...PLAN }).file.equals(file));
  t.notOk(makeAdapter({ ...PLAN, client: 1 }).file.equals(file));
  t.notOk(makeAdapter({ ...PLAN, seed: 6 }).file.equals(file));
});

t.test('gives clients updates that point the same way', async (t) => {
  const cosine = (/** @type {Float64Array} */ x, /** @type {Float64Array} */ y) =>
    dot(x, y) / Math.sqrt(dot(x, x) * dot(y, y));
  const mine = update(makeAdapter({ ...PLAN, rank: 8 }).file, 8);
  const friend = update(makeAdapter({ ...PLAN, rank: 8, client: 1 }).file, 8);
  const stranger = update(makeAdapter({ ...PLAN, rank: 8, seed: 99 }).file, 8);
  t.ok(cosine(mine, friend) > 0.5, 'same task');
  t.ok(Math.abs(cosine(mine, stranger)) < 0.2, 'another task');
});

t.test('knows the shapes of models', async (t) => {
  t.equal(tinyLlama().length, 44);
  t.strictSame(tinyLlama()[43], { name: 'model.layers.21.self_attn.v_proj', shape: [256, 2048] });
  t.equal(llama7b().length, 64);
});

/**
 * @param {Float64Array} x
 * @param {Float64Array} y
 */
function dot(x, y) {
  return x.reduce((sum, value, at) => sum + value * (y[at] ?? 0), 0);
}

/**
 * B A of the first module, dense.
 *
 * @param {Buffer} file
 * @param {number} rank
 */
function update(file, rank) {
  const { header, start } = read(file);
  const values = (/** @type {string} */ name) => {
    const [begin, end] = Object.entries(header).find(([key]) => key.endsWith(name))?.[1].data_offsets ?? [
      0, 0,
    ];
    return Float64Array.from({ length: (end - begin) / 2 }, (_, at) =>
      half(file.readUInt16LE(start + begin + 2 * at)),
    );
  };
  const [a, b] = [values('q_proj.lora_A.weight'), values('q_proj.lora_B.weight')];
  const [m, n] = MODULES[0]?.shape ?? [0, 0];
  return Float64Array.from({ length: m * n }, (_, at) => {
    const [row, col] = [Math.floor(at / n), at % n];
    let sum = 0;
    for (let k = 0; k < rank; k++) sum += (b[row * rank + k] ?? 0) * (a[k * n + col] ?? 0);
    return sum;
  });
}

/** @param {number} bits of a finite binary16 */
function half(bits) {
  const exponent = (bits >>> 10) & 31;
  const size = exponent ? (1 + (bits & 0x3ff) / 1024) * 2 ** (exponent - 15) : (bits & 0x3ff) * 2 ** -24;
  return bits & 0x8000 ? -size : size;
}
