import type { Kernel, Stack } from '../kernel/kernel.js';
import { assertModule } from './assertModule.js';
import type { ModuleInput } from './moduleReport.js';

/** Both factors of one module, stacked by a kernel. */
export interface ModuleStacks {
  readonly b: Stack;
  readonly a: Stack;
}

/** Stacks a module's factors, hands them to `use`, and frees them whatever happens. */
export async function withStacks<T>(
  kernel: Kernel,
  input: ModuleInput,
  use: (stacks: ModuleStacks) => Promise<T>,
): Promise<T> {
  assertModule(input);
  const b = await kernel.stack(
    'B',
    input.clients.map((client) => client.b),
  );
  try {
    const a = await kernel.stack(
      'A',
      input.clients.map((client) => client.a),
    );
    try {
      return await use({ b, a });
    } finally {
      a.release();
    }
  } finally {
    b.release();
  }
}
