// @ts-check
import { readTensors, valuesOf } from './readTensors.mjs';

/**
 * ΔW of a whole adapter as PEFT would merge it, float64: every module's scale · B A, one after the other in the order
 * of their names.
 *
 * @param {Buffer} file adapter_model.safetensors
 * @param {{ r: number, lora_alpha: number, rank_pattern?: Record<string, number>,
 *   alpha_pattern?: Record<string, number> }} config adapter_config.json
 * @returns {Float64Array}
 */
export function denseUpdate(file, { r, lora_alpha, rank_pattern = {}, alpha_pattern = {} }) {
  const tensors = readTensors(file);
  const modules = [...tensors.keys()]
    .filter((name) => name.endsWith('.lora_A.weight'))
    .map((name) => name.slice('base_model.model.'.length, -'.lora_A.weight'.length))
    .sort();
  return joined(
    modules.map((name) => {
      const a = tensors.get(`base_model.model.${name}.lora_A.weight`);
      const b = tensors.get(`base_model.model.${name}.lora_B.weight`);
      if (!a || !b) throw new Error(`${name} lacks a factor`);
      const rank = rank_pattern[name] ?? r;
      if (a.shape[0] !== rank) throw new Error(`${name} has rank ${a.shape[0]}, its config says ${rank}`);
      return product(valuesOf(b), valuesOf(a), b.shape, a.shape, (alpha_pattern[name] ?? lora_alpha) / rank);
    }),
  );
}

/**
 * @param {Float64Array} b
 * @param {Float64Array} a
 * @param {[number, number]} shapeB
 * @param {[number, number]} shapeA
 * @param {number} scale
 */
function product(b, a, [m, r], [, n], scale) {
  const out = new Float64Array(m * n);
  for (let i = 0; i < m; i++) {
    for (let k = 0; k < r; k++) {
      const factor = scale * (b[i * r + k] ?? 0);
      for (let j = 0; j < n; j++) out[i * n + j] = (out[i * n + j] ?? 0) + factor * (a[k * n + j] ?? 0);
    }
  }
  return out;
}

/** @param {Float64Array[]} parts */
function joined(parts) {
  const out = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
