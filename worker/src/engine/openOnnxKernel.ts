import type { Kernel } from '@florist/core/kernel/kernel';
import { float64 } from './float64.js';
import { multiplyModel } from './models/multiplyModel.js';
import { env, Tensor } from './onnxRuntime.js';
import { openOnnxStack } from './openOnnxStack.js';
import { openOnnxUpdate } from './openOnnxUpdate.js';
import type { Provider } from './provider.js';
import { openSessionCache } from './sessionCache.js';
import { sessionOptions } from './sessionOptions.js';

/** A kernel that holds native sessions: close it when it is no longer needed. */
export interface OnnxKernel extends Kernel {
  readonly provider: Provider;
  close(): Promise<void>;
}

/**
 * The products through ONNX Runtime. Each product blocks the event loop while it runs.
 *
 * @param threads cores that one product may use
 */
export function openOnnxKernel(provider: Provider, threads: number): OnnxKernel {
  env.logLevel = 'error';
  const cache = openSessionCache(sessionOptions(provider, threads));
  return {
    provider,
    stack: (side, parts) => openOnnxStack(cache, side, parts),
    update: async (m, n) => openOnnxUpdate(cache, m, n),
    async multiply(x, y, rows, inner, cols) {
      if (x.length !== rows * inner || y.length !== inner * cols) {
        throw new Error(`factors of ${x.length} and ${y.length} values are not ${rows} × ${inner} × ${cols}`);
      }
      const feeds = {
        x: new Tensor('float64', x, [rows, inner]),
        y: new Tensor('float64', y, [inner, cols]),
      };
      return float64(await cache.run('multiply', multiplyModel, feeds, 'product'));
    },
    close: () => cache.close(),
  };
}
