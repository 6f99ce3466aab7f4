#!/usr/bin/env node
// @ts-check
import { ensureNode } from './install/ensureNode.mjs';
import { runEntry } from './terminal/runEntry.mjs';

ensureNode();
const { ensureInstalled } = await import('./install/ensureInstalled.mjs');
const { USAGE } = await import('./chaos/readOptions.mjs');
await runEntry(USAGE, async () => {
  await ensureInstalled();
  const { chaos } = await import('./chaos/chaos.mjs');
  return chaos(process.argv.slice(2));
});
