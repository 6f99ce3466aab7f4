#!/usr/bin/env node
// @ts-check
import { ensureNode } from './install/ensureNode.mjs';
import { runEntry } from './terminal/runEntry.mjs';

ensureNode();
const { ensureInstalled } = await import('./install/ensureInstalled.mjs');
const { USAGE } = await import('./demo/readOptions.mjs');
await runEntry(USAGE, async () => {
  await ensureInstalled();
  const { demonstrate } = await import('./demo/demonstrate.mjs');
  await demonstrate();
});
