import type { AttemptRef } from '../adapters/refs.js';
import type { Phase } from '../blobs/keys.js';
import type { SumRef } from '../sums/refs.js';

/** Ids say what a job is for, so that adding it a second time finds the first. */
export function rootJobId(ref: AttemptRef): string {
  return `${ref.federation}.${ref.round}.${ref.adapter}.${ref.attempt}`;
}

export function partJobId(ref: AttemptRef, phase: Phase, index: number): string {
  return `${rootJobId(ref)}.${phase}-${index}`;
}

export function sumJobId({ federation, sum, attempt }: SumRef): string {
  return `${federation}.sum-${sum}.${attempt}`;
}

export function sumPartJobId(ref: SumRef, index: number): string {
  return `${sumJobId(ref)}.part-${index}`;
}
