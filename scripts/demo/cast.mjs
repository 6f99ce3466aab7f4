// @ts-check

/** @typedef {{ name: string, rank: number, examples: number }} Player */

/**
 * Eight clients as they are in practice: devices of different size, so different ranks, and different amounts
 * of data.
 *
 * @type {Player[]}
 */
export const CAST = [
  { name: 'hospital-a', rank: 4, examples: 1200 },
  { name: 'hospital-b', rank: 4, examples: 350 },
  { name: 'hospital-c', rank: 8, examples: 2400 },
  { name: 'hospital-d', rank: 8, examples: 800 },
  { name: 'hospital-e', rank: 16, examples: 1500 },
  { name: 'hospital-f', rank: 16, examples: 600 },
  { name: 'hospital-g', rank: 32, examples: 3100 },
  { name: 'hospital-h', rank: 64, examples: 950 },
];

export const FEDERATION = 'demo';
export const BASE_MODEL = 'TinyLlama/TinyLlama-1.1B-Chat-v1.0';
/** PEFT's common choice, alpha = 2r: every client's updates are scaled alike. */
export const ALPHA_PER_RANK = 2;
/** Any number: the same one makes the same adapters. */
export const SEED = 20250609;
/** The threshold the round publishes at, and those derived after it. */
export const TAU = 0.9;
export const TAUS_DERIVED = [0.8, 0.99];
