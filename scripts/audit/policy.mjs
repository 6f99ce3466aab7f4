// @ts-check

/** Licences under which what we ship may come: they ask for a notice, and nothing of our own code. */
export const LICENCES = [
  'MIT',
  'ISC',
  '0BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'CC-BY-4.0', // data: what browsers can do
  'OFL-1.1', // the dashboard's font
];

/**
 * Packages whose licence asks for more, and why that is met.
 *
 * @type {{ names: RegExp, licence: string, why: string }[]}
 */
export const EXCEPTIONS = [
  {
    names: /^@img\/sharp-/,
    licence: 'LGPL-3.0-or-later',
    why: 'a shared library of Next, used unchanged and only to shrink pictures, which no page asks for',
  },
];

/**
 * Packages that have install scripts, and why they work without: npm runs none (see .npmrc).
 *
 * @type {Record<string, string>}
 */
export const SCRIPTS_NOT_NEEDED = {
  'onnxruntime-node': 'would download libraries for CUDA; the one for the CPU is in the package',
  'msgpackr-extract': 'would build a faster reader of strings; msgpackr has one in JavaScript',
};

/** Severities that fail the audit where they concern what we ship. */
export const SEVERE = /** @type {const} */ (['high', 'critical']);
