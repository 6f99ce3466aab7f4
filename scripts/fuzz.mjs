#!/usr/bin/env node
// @ts-check
import { ensureNode } from './install/ensureNode.mjs';
import { runEntry } from './terminal/runEntry.mjs';

ensureNode();
const { ensureInstalled } = await import('./install/ensureInstalled.mjs');
const { USAGE } = await import('./fuzz/readOptions.mjs');
await runEntry(USAGE, async () => {
  await ensureInstalled();
  const { fuzz } = await import('./fuzz/fuzz.mjs');
  return fuzz(process.argv.slice(2));
});
