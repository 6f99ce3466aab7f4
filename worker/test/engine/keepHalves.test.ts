import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import t from 'tap';

const RUNTIME = fileURLToPath(new URL('../../src/engine/onnxRuntime.ts', import.meta.url));

/** Of a process of its own, since what types there are is looked up once: Node 20 has no Float16Array. */
const PROGRAM = `
globalThis.Float16Array ??= class Float16Array extends Uint16Array {};
const before = globalThis.Float16Array;
const { Tensor } = await import(${JSON.stringify(RUNTIME)});
const tensor = new Tensor('float16', new Uint16Array([0x3c00]), [1]);
console.log(tensor.data.constructor.name, globalThis.Float16Array === before);
`;

t.test('halves stay what they come as, and nobody else misses the Float16Array', async (t) => {
  const args = ['--import=tsx', '--input-type=module', '--eval', PROGRAM];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  t.equal(stdout.trim(), 'Uint16Array true');
});
