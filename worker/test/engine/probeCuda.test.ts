import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import t from 'tap';
import { probeCuda } from '../../src/engine/probeCuda.js';

const library = join(
  dirname(createRequire(import.meta.url).resolve('onnxruntime-node/package.json')),
  `bin/napi-v6/${process.platform}/${process.arch}/libonnxruntime_providers_cuda.so`,
);

t.test(
  'a machine without the provider library has no CUDA, and the probe says so',
  { skip: existsSync(library) },
  async (t) => {
    const probe = await probeCuda(new URL('../../dist/engine/probeCudaProcess.js', import.meta.url));
    t.equal(probe.works, false);
    t.match(probe.reason, /cuda/i);
    t.notMatch(probe.reason, /\n/);
  },
);
