import type { AdapterModule } from '@florist/core/peft/adapterFile';
import type { StackSource } from './roundClient.js';

/** Whoever has a module, and where the module lies in its file. */
export interface ModuleHolder {
  client: StackSource;
  module: AdapterModule;
}

/**
 * The clients that have a module, in order.
 *
 * @throws Error when none has it
 */
export function findModule(clients: readonly StackSource[], name: string): [ModuleHolder, ...ModuleHolder[]] {
  const [first, ...others] = clients.flatMap((client) => {
    const module = client.modules.get(name);
    return module === undefined ? [] : [{ client, module }];
  });
  if (first === undefined) throw new Error(`no file holds the module ${name}`);
  return [first, ...others];
}
