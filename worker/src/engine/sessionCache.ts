import { setImmediate } from 'node:timers/promises';
import { InferenceSession, type Tensor } from './onnxRuntime.js';

/**
 * Sessions kept open. One serves every module whose clients send the same element types, so a round uses a
 * handful; the cap only bounds a process that serves many federations. A session takes about 0.3 MB.
 */
const SESSIONS_MAX = 48;

interface Entry {
  session: Promise<InferenceSession>;
  /** Runs under way: a session in use is never evicted. */
  users: number;
}

/** Opens sessions on demand, keeps the most recently used, and releases the rest. */
export interface SessionCache {
  /** Runs the model known as `key`, built by `model` the first time, and returns the output named `output`. */
  run(key: string, model: () => Uint8Array, feeds: Record<string, Tensor>, output: string): Promise<Tensor>;
  /** The same for several outputs, in the order of their names. */
  runAll(
    key: string,
    model: () => Uint8Array,
    feeds: Record<string, Tensor>,
    outputs: readonly string[],
  ): Promise<Tensor[]>;
  /** Releases every session; the cache must not be used afterwards. */
  close(): Promise<void>;
}

export function openSessionCache(
  options: InferenceSession.SessionOptions,
  sessionsMax = SESSIONS_MAX,
): SessionCache {
  const entries = new Map<string, Entry>();
  const runAll: SessionCache['runAll'] = async (key, model, feeds, outputs) => {
    const entry = take(entries, key, () => InferenceSession.create(model(), options));
    entry.users += 1;
    try {
      await evict(entries, sessionsMax);
      const session = await entry.session;
      // a run blocks the event loop: before it, let what has come from the disk or the network have its turn
      await setImmediate();
      const tensors = await session.run(feeds, [...outputs]);
      return outputs.map((output) => named(tensors, key, output));
    } finally {
      entry.users -= 1;
    }
  };
  return {
    runAll,
    async run(key, model, feeds, output) {
      return named({ [output]: (await runAll(key, model, feeds, [output]))[0] }, key, output);
    },
    async close() {
      const open = [...entries.values()];
      entries.clear();
      await Promise.all(open.map(release));
    },
  };
}

function named(tensors: Readonly<Record<string, Tensor | undefined>>, key: string, output: string): Tensor {
  const tensor = tensors[output];
  if (tensor === undefined) throw new Error(`the model ${key} has no output ${output}`);
  return tensor;
}

/** The entry of `key`, made if need be, as the most recently used one. */
function take(entries: Map<string, Entry>, key: string, open: () => Promise<InferenceSession>): Entry {
  const known = entries.get(key);
  const entry = known ?? { session: open(), users: 0 };
  entries.delete(key);
  entries.set(key, entry);
  // a session that could not be opened is not worth keeping; whoever awaits it reports why
  if (known === undefined) entry.session.catch(() => entries.delete(key));
  return entry;
}

async function evict(entries: Map<string, Entry>, sessionsMax: number): Promise<void> {
  for (const [key, entry] of entries) {
    if (entries.size <= sessionsMax) return;
    if (entry.users > 0) continue;
    entries.delete(key);
    await release(entry);
  }
}

async function release(entry: Entry): Promise<void> {
  const session = await entry.session;
  await session.release();
}
