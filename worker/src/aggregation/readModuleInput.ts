import type { ModuleClient, ModuleInput } from '@florist/core/florist/moduleReport';
import type { RawMatrix } from '@florist/core/kernel/kernel';
import type { AdapterModule, FactorSpan } from '@florist/core/peft/adapterFile';
import type { Blobs } from '@florist/storage/blobs/blobs';
import { inParallel } from './inParallel.js';
import type { RoundClient } from './roundClient.js';

/** Clients whose factors are read at a time: the thread pool that reads files has four threads. */
const READS_MAX = 8;

/**
 * The factors of one module, from the byte ranges that hold them, of the clients that have it.
 *
 * @throws Error when no client has it
 */
export async function readModuleInput(
  blobs: Blobs,
  clients: readonly RoundClient[],
  name: string,
): Promise<ModuleInput> {
  const having = clients.flatMap((client) => {
    const module = client.modules.get(name);
    return module === undefined ? [] : [{ client, module }];
  });
  const [first] = having;
  if (first === undefined) throw new Error(`no submission holds the module ${name}`);
  return {
    name,
    shape: first.module.shape,
    clients: await inParallel(having, READS_MAX, ({ client, module }) => readFactors(blobs, client, module)),
  };
}

async function readFactors(blobs: Blobs, client: RoundClient, module: AdapterModule): Promise<ModuleClient> {
  const [a, b] = await Promise.all([
    readFactor(blobs, client.blob, module.a),
    readFactor(blobs, client.blob, module.b),
  ]);
  return { weight: client.weight, scale: module.scale, rank: module.rank, a, b };
}

/** Each factor gets memory of its own, so that it is aligned wherever it lies in its file. */
async function readFactor(blobs: Blobs, key: string, span: FactorSpan): Promise<RawMatrix> {
  const { dtype, rows, cols, begin, end } = span;
  return { dtype, rows, cols, bytes: await blobs.read(key, begin, end) };
}
