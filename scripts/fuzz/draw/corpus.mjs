// @ts-check
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { inRoot } from '../../processes/root.mjs';
import { drawEdits, editBytes } from './edits.mjs';
import { buildFile, drawFile } from './files.mjs';

const FOLDERS = [
  inRoot('core', 'test', 'golden', 'degenerate', 'client-0'),
  inRoot('core', 'test', 'golden', 'mixed-scaling', 'client-0'),
  inRoot('core', 'test', 'peft', 'savedByPeft'),
];

/** Adapters that PEFT and the golden cases have written. */
const CORPUS = FOLDERS.map((folder) => readFileSync(`${folder}/adapter_model.safetensors`));

/** A file: most often put together from its parts, else one of the corpus with some bytes edited. */
export const drawAnyFile = fc.oneof(
  { weight: 4, arbitrary: drawFile },
  { weight: 1, arbitrary: fc.record({ corpus: fc.nat(CORPUS.length - 1), bytes: drawEdits }) },
);

/** @typedef {typeof drawAnyFile extends fc.Arbitrary<infer F> ? F : never} AnyFile */

/**
 * @param {AnyFile} drawn
 * @returns {Uint8Array}
 */
export function buildAnyFile(drawn) {
  if (!('corpus' in drawn)) return buildFile(drawn);
  return editBytes(CORPUS[drawn.corpus] ?? new Uint8Array(0), drawn.bytes);
}
