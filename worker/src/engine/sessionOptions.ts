import type { InferenceSession } from './onnxRuntime.js';
import type { Provider } from './provider.js';

/**
 * How every session runs.
 *
 * No spinning: an idle thread pool would otherwise burn the cores that the other sessions, the other worker
 * processes and Redis need; measured, the products themselves are no slower. No arena and no memory pattern:
 * sizes differ from module to module, and each cached session would keep its largest working set for ever.
 */
export function sessionOptions(provider: Provider, threads: number): InferenceSession.SessionOptions {
  return {
    executionProviders: provider === 'cuda' ? ['cuda', 'cpu'] : ['cpu'],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
    enableCpuMemArena: false,
    enableMemPattern: false,
    logSeverityLevel: 4,
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  };
}
