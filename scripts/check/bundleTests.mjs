// @ts-check
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { inRoot } from '../processes/root.mjs';

/** Below the folder's own node_modules, so that what is imported is found from there, and nothing is to be cleaned. */
const BUNDLES = join('node_modules', '.florist-tests');

/**
 * Makes JavaScript of tests in TypeScript: what the files share becomes modules that they share, and packages stay
 * where they are. A loader would do the same work in every process, through a thread that each import waits for.
 *
 * @param {string} cwd folder below the repository, in which the tests lie
 * @param {readonly string[]} files as seen from there
 * @returns {Promise<(file: string) => string>} where a file's JavaScript is, as seen from there
 */
export async function bundleTests(cwd, files) {
  await rm(inRoot(cwd, BUNDLES), { recursive: true, force: true });
  await build({
    absWorkingDir: inRoot(cwd),
    entryPoints: [...files],
    outdir: BUNDLES,
    outbase: '.',
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    sourcemap: 'linked',
    logLevel: 'warning',
    plugins: [PACKAGES, OWN_ADDRESS],
  });
  return (file) => join(BUNDLES, file.replace(/\.ts$/, '.mjs'));
}

/** Packages that are taken in: our own, and one whose hundreds of small modules take long to find. */
const TAKEN_IN = /^(@florist\/|typebox$|typebox\/)/;
const BARE = /^[^./#]/;

/** @type {import('esbuild').Plugin} */
const PACKAGES = {
  name: 'packages',
  setup({ onResolve }) {
    onResolve({ filter: BARE }, ({ path, kind }) =>
      kind === 'entry-point' || TAKEN_IN.test(path) ? undefined : { path, external: true },
    );
  },
};

/**
 * A module that looks for files beside itself finds them where its source is.
 *
 * @type {import('esbuild').Plugin}
 */
const OWN_ADDRESS = {
  name: 'own-address',
  setup({ onLoad }) {
    onLoad({ filter: /\.(ts|js)$/ }, async ({ path }) => {
      if (path.includes('/node_modules/')) return undefined;
      const text = await readFile(path, 'utf8');
      const address = JSON.stringify(pathToFileURL(path).href);
      return {
        contents: text.replaceAll('import.meta.url', address),
        loader: /** @type {'ts' | 'js'} */ (path.slice(-2)),
      };
    });
  },
};
