// @ts-check
import { encodeSafetensors } from './encodeSafetensors.mjs';
import { gaussians } from './gaussians.mjs';

/** Directions that all clients learn; what each learns alone lies outside them. */
const SHARED = 20;

/**
 * @typedef {object} Recipe
 * @property {number} layers
 * @property {readonly { name: string, m: number, n: number }[]} projections
 * @property {number} rank of the client
 * @property {number} seed of the federation's signal; the same for all clients of a round
 * @property {number} client tells clients apart
 * @property {number} [noise] how much of its update is its own
 * @property {number} [sign] negative for a client that learns the opposite
 */

/**
 * A LoRA adapter as PEFT saves it, whose update resembles that of the others: strong along a few directions,
 * weaker along more, with something of its own.
 *
 * @param {Recipe} recipe
 * @returns {{ config: string, adapter: Uint8Array }}
 */
export function makeAdapter({ layers, projections, rank, seed, client, noise = 0.25, sign = 1 }) {
  /** @type {import('./encodeSafetensors.mjs').Tensor[]} */
  const tensors = [];
  for (let layer = 0; layer < layers; layer++) {
    for (const [index, { name, m, n }] of projections.entries()) {
      const place = seed * 7919 + layer * 31 + index;
      const decay = 0.58 + 0.3 * Math.abs(Math.sin(place * 1.7 + layer / layers));
      const left = gaussians(place * 2 + 1, m * SHARED);
      const right = gaussians(place * 2 + 2, SHARED * n);
      const own = gaussians(place * 131 + client * 17 + 5, rank * SHARED);
      const b = gaussians(place * 137 + client * 23 + 7, m * rank);
      const a = gaussians(place * 139 + client * 29 + 9, rank * n);
      for (let i = 0; i < m; i++) {
        for (let r = 0; r < rank; r++) {
          let sum = 0;
          for (let j = 0; j < SHARED; j++) {
            const mix = (j === r ? 1 : 0) + 0.25 * (own[r * SHARED + j] ?? 0);
            sum += (left[i * SHARED + j] ?? 0) * decay ** j * mix;
          }
          b[i * rank + r] = sign * 0.02 * (sum + noise * decay ** r * (b[i * rank + r] ?? 0));
        }
      }
      for (let r = 0; r < rank; r++) {
        for (let k = 0; k < n; k++) {
          const shared = r < SHARED ? (right[r * n + k] ?? 0) : 0;
          a[r * n + k] = 0.05 * (shared + noise * (a[r * n + k] ?? 0));
        }
      }
      const module = `base_model.model.model.layers.${layer}.${name}`;
      tensors.push({ name: `${module}.lora_A.weight`, shape: [rank, n], values: a });
      tensors.push({ name: `${module}.lora_B.weight`, shape: [m, rank], values: b });
    }
  }
  const targets = projections.map(({ name }) => name.split('.').at(-1));
  const config = {
    ...{ peft_type: 'LORA', task_type: 'CAUSAL_LM', base_model_name_or_path: 'TinyLlama/TinyLlama-1.1B' },
    ...{ r: rank, lora_alpha: 2 * rank, lora_dropout: 0, bias: 'none', fan_in_fan_out: false },
    ...{ target_modules: targets, inference_mode: true },
  };
  return { config: JSON.stringify(config), adapter: encodeSafetensors(tensors) };
}
