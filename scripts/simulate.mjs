#!/usr/bin/env node
// @ts-check
import { ensureNode } from './install/ensureNode.mjs';
import { runEntry } from './terminal/runEntry.mjs';

ensureNode();
const { ensureInstalled } = await import('./install/ensureInstalled.mjs');
const { USAGE } = await import('./simulate/readOptions.mjs');
await runEntry(USAGE, async () => {
  await ensureInstalled();
  const { simulate } = await import('./simulate/simulate.mjs');
  return simulate();
});
