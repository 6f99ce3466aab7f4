// @ts-check

/** @typedef {import('./makeAdapter.mjs').ModuleShape} ModuleShape */

/**
 * The query and value projections of a decoder with `layers` layers.
 *
 * @param {number} layers
 * @param {[m: number, n: number]} query
 * @param {[m: number, n: number]} value
 * @returns {ModuleShape[]}
 */
const queryAndValue = (layers, query, value) =>
  Array.from({ length: layers }, (_, layer) => [
    { name: `model.layers.${layer}.self_attn.q_proj`, shape: query },
    { name: `model.layers.${layer}.self_attn.v_proj`, shape: value },
  ]).flat();

/** TinyLlama-1.1B: grouped-query attention makes v_proj narrow. */
export const tinyLlama = () => queryAndValue(22, [2048, 2048], [256, 2048]);

/** Llama-7B. */
export const llama7b = () => queryAndValue(32, [4096, 4096], [4096, 4096]);
