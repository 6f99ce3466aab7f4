import type { ModuleInput, ModuleSource } from './moduleReport.js';

/** A module whose factors are all in memory. */
export function heldModule({ name, shape, clients }: ModuleInput): ModuleSource {
  return { name, shape, shares: clients, read: async (from, to) => clients.slice(from, to) };
}
