#!/usr/bin/env node
// @ts-check
import { ensureNode } from './install/ensureNode.mjs';
import { runEntry } from './terminal/runEntry.mjs';

ensureNode();
const { ensureInstalled } = await import('./install/ensureInstalled.mjs');
const { USAGE } = await import('./load/readOptions.mjs');
await runEntry(USAGE, async () => {
  await ensureInstalled();
  const { load } = await import('./load/load.mjs');
  return load();
});
