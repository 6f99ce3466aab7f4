import { readFileSync } from 'node:fs';
import type { Engine } from '@florist/core/schemas/lineage';
import { env } from './onnxRuntime.js';
import type { Provider } from './provider.js';

const PACKAGE: { version: string } = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
);

/**
 * What the bytes of an adapter depend on beside its input, for its lineage.
 * @param threads cores that one product may use
 */
export function describeEngine(provider: Provider, threads: number): Engine {
  const onnxruntime = env.versions.node ?? env.versions.common;
  return { florist: PACKAGE.version, onnxruntime, provider, threads, arch: process.arch };
}
