import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import t from 'tap';

const PROGRAM = fileURLToPath(new URL('stackOnce.ts', import.meta.url));

t.test(
  'ONNX Runtime leaves nothing of its telemetry, neither at home nor among temporary files',
  async (t) => {
    const folder = t.testdir();
    const env = { PATH: process.env.PATH, HOME: folder, TMPDIR: folder, TSX_DISABLE_CACHE: '1' };
    const { stdout } = await promisify(execFile)(process.execPath, ['--import=tsx', PROGRAM], { env });
    t.equal(stdout, '64\n', 'a session was made and run');
    t.strictSame(await readdir(folder, { recursive: true }), []);
  },
);
