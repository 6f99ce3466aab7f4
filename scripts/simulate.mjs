#!/usr/bin/env node
// @ts-check
import { ensureNode } from './install/ensureNode.mjs';
import { runEntry } from './terminal/runEntry.mjs';

ensureNode();
const { ensureInstalled } = await import('./install/ensureInstalled.mjs');
await runEntry(async () => {
  await ensureInstalled();
  const { simulate } = await import('./simulate/simulate.mjs');
  return simulate();
});
