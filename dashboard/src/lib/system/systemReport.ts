import type { Problem, System } from '../api/types.ts';
import type { Traffic } from './traffic.ts';

/** One adapter that workers are at, or were at last. */
export interface AggregationSeen {
  federation: string;
  round: number;
  done: number;
  total: number;
  closedAt: string | undefined;
}

export interface Publication {
  federation: string;
  round: number;
  at: string;
  executionProvider: string;
  seconds: number;
  computeSeconds: number;
  modules: number;
}

/** What can be seen of the service from here. */
export interface SystemReport {
  apiUrl: string;
  api: { ready: boolean; milliseconds: number; problem: Problem | undefined };
  /** Undefined while the api cannot tell. */
  aggregating: AggregationSeen[] | undefined;
  /** Undefined while the api cannot tell. */
  system: System | undefined;
  /** Newest first; undefined likewise. */
  published: Publication[] | undefined;
  traffic: Traffic | undefined;
  dashboard: { nodeVersion: string; uptimeSeconds: number; memoryBytes: number };
}
