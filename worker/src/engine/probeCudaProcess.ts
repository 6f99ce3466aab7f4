import { endWithParent } from '../process/endWithParent.js';
import { multiplyModel } from './models/multiplyModel.js';
import { env, InferenceSession, Tensor } from './onnxRuntime.js';
import { sessionOptions } from './sessionOptions.js';

// The child process of probeCuda: exit code 0 when the product ran on the GPU and is right.

endWithParent();

async function multiplyOnCuda(): Promise<void> {
  env.logLevel = 'error';
  const session = await InferenceSession.create(multiplyModel(), {
    ...sessionOptions('cuda', 1),
    executionProviders: ['cuda'],
    // without this a product that CUDA cannot take would run on the CPU and pass
    extra: { session: { disable_cpu_ep_fallback: '1' } },
  });
  const x = new Tensor('float64', Float64Array.of(3), [1, 1]);
  const { product } = await session.run({ x, y: x });
  if (product?.data[0] !== 9) throw new Error('CUDA computes a wrong product');
}

try {
  await multiplyOnCuda();
  process.exit(0);
} catch (error) {
  process.send?.(error instanceof Error ? error.message : String(error), () => process.exit(1));
}
