// @ts-check
import { mkdir, writeFile } from 'node:fs/promises';
import { main } from 'assemblyscript/asc';

// Compiles assembly/ to a module that holds its WebAssembly, so that core reads no files.
const OUT = new URL('dist/assembly/', import.meta.url);
const OPTIONS = ['--runtime', 'stub', '--enable', 'simd', '-O3', '--noAssert'];

/** @type {Uint8Array | undefined} */
let compiled;
const { error, stderr } = await main(['assembly/index.ts', '--outFile', 'assembly.wasm', ...OPTIONS], {
  writeFile: (_, contents) => {
    compiled = Buffer.from(contents);
  },
});
process.stderr.write(stderr.toString());
if (error || !compiled) throw error ?? new Error('assembly/ was not compiled');

const bytes = JSON.stringify(Buffer.from(compiled).toString('base64'));
await mkdir(OUT, { recursive: true });
await writeFile(new URL('binary.js', OUT), `export const BINARY = ${bytes};\n`);
await writeFile(
  new URL('binary.d.ts', OUT),
  '/** What assembly/ was compiled to: WebAssembly, in base64. */\nexport declare const BINARY: string;\n',
);
