import { readFileSync } from 'node:fs';
import type { ModuleInput } from '../../src/florist/moduleReport.js';
import type { Dtype } from '../../src/kernel/kernel.js';

export const GOLDEN_CASES = ['homogeneous', 'heterogeneous', 'mixed-scaling', 'degenerate'] as const;
export type GoldenCase = (typeof GOLDEN_CASES)[number];

export interface ExpectedModule {
  shape: [number, number];
  stackedRank: number;
  energy: number;
  singularValues: number[];
  rankAt: Record<string, number>;
}

export interface GoldenModule {
  input: ModuleInput;
  expected: ExpectedModule;
  /** The exact ΔW (m, n). */
  delta: Float64Array;
}

interface Tensor {
  dtype: string;
  shape: number[];
  bytes: Uint8Array;
}

const read = (path: string) => readFileSync(new URL(path, import.meta.url));

/** Every module of a golden case, as the server would hand it to `aggregateModule`. */
export function readGolden(name: GoldenCase): GoldenModule[] {
  const expected: { numExamples: number[]; modules: Record<string, ExpectedModule> } = JSON.parse(
    read(`${name}/expected.json`).toString(),
  );
  const deltas = readTensors(`${name}/delta_w.safetensors`);
  const total = expected.numExamples.reduce((sum, examples) => sum + examples, 0);
  const clients = expected.numExamples.map((examples, k) => ({
    weight: examples / total,
    config: JSON.parse(read(`${name}/client-${k}/adapter_config.json`).toString()),
    tensors: readTensors(`${name}/client-${k}/adapter_model.safetensors`),
  }));
  return Object.entries(expected.modules).map(([module, answers]) => ({
    expected: answers,
    delta: float64(tensor(deltas, module)),
    input: {
      name: module,
      shape: answers.shape,
      clients: clients.map(({ weight, config, tensors }) => ({
        weight,
        scale: config.lora_alpha / (config.use_rslora ? Math.sqrt(config.r) : config.r),
        rank: config.r,
        b: factor(tensor(tensors, `base_model.model.${module}.lora_B.weight`)),
        a: factor(tensor(tensors, `base_model.model.${module}.lora_A.weight`)),
      })),
    },
  }));
}

/** The least a reader of safetensors can be: the files here are known to be good. */
function readTensors(path: string): Map<string, Tensor> {
  const file = read(path);
  const headerBytes = Number(file.readBigUInt64LE(0));
  const header: Record<string, { dtype: string; shape: number[]; data_offsets: [number, number] }> =
    JSON.parse(file.subarray(8, 8 + headerBytes).toString());
  const data = Uint8Array.from(file.subarray(8 + headerBytes));
  return new Map(
    Object.entries(header)
      .filter(([name]) => name !== '__metadata__')
      .map(
        ([
          name,
          {
            dtype,
            shape,
            data_offsets: [begin, end],
          },
        ]) => [name, { dtype, shape, bytes: data.slice(begin, end) }],
      ),
  );
}

function tensor(tensors: Map<string, Tensor>, name: string): Tensor {
  const found = tensors.get(name);
  if (found === undefined) throw new Error(`no tensor ${name}`);
  return found;
}

function float64({ dtype, bytes }: Tensor): Float64Array {
  if (dtype !== 'F64') throw new Error(`expected F64, not ${dtype}`);
  return new Float64Array(bytes.buffer);
}

const isDtype = (name: string): name is Dtype => ['F32', 'F16', 'BF16'].includes(name);

function factor({ dtype, shape, bytes }: Tensor) {
  if (!isDtype(dtype)) throw new Error(`unexpected ${dtype}`);
  return { dtype, rows: shape[0], cols: shape[1], bytes };
}
