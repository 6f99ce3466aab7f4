import { readFile } from 'node:fs/promises';

export const CASES = ['homogeneous', 'heterogeneous', 'mixed-scaling', 'degenerate'] as const;
export type Case = (typeof CASES)[number];

export interface ExpectedModule {
  shape: [number, number];
  stackedRank: number;
  energy: number;
  singularValues: number[];
  rankAt: Record<string, number>;
}

interface Expected {
  numExamples: number[];
  modules: Record<string, ExpectedModule>;
}

/** The folder of one of the service's golden cases. */
export function goldenFolder(name: Case): URL {
  return new URL(`../../../../core/test/golden/${name}/`, import.meta.url);
}

export async function readGolden(name: Case): Promise<Expected> {
  return JSON.parse(await readFile(new URL('expected.json', goldenFolder(name)), 'utf8'));
}

/** Modules of a golden case and what is known of them. */
export async function readExpected(name: Case): Promise<[string, ExpectedModule][]> {
  return Object.entries((await readGolden(name)).modules);
}
