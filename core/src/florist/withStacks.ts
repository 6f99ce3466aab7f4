import type { Kernel, Stack } from '../kernel/kernel.js';
import type { ModuleClient, ModuleSource } from './moduleReport.js';
import { readClients } from './readClients.js';

/** Both factors of one module, stacked by a kernel. */
export interface ModuleStacks {
  readonly b: Stack;
  readonly a: Stack;
  readonly clients: readonly ModuleClient[];
}

/** Stacks a module's factors, hands them to `use`, and frees them whatever happens. */
export async function withStacks<T>(
  kernel: Kernel,
  source: ModuleSource,
  use: (stacks: ModuleStacks) => Promise<T>,
): Promise<T> {
  const clients = await readClients(source, 0, source.shares.length);
  const b = await kernel.stack(
    'B',
    clients.map((client) => client.b),
  );
  try {
    const a = await kernel.stack(
      'A',
      clients.map((client) => client.a),
    );
    try {
      return await use({ b, a, clients });
    } finally {
      a.release();
    }
  } finally {
    b.release();
  }
}
