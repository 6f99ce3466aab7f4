import { openOnnxKernel } from '../../src/engine/openOnnxKernel.js';
import { parts } from './factors.js';

/** Uses ONNX Runtime as a worker's child does: a session is made and run. */
const kernel = openOnnxKernel('cpu', 1);
const stack = await kernel.stack('B', parts('B', 16, [4, 4], ['F32'], 1));
process.stdout.write(`${(await stack.gram()).length}\n`);
stack.release();
await kernel.close();
