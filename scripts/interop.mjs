#!/usr/bin/env node
// @ts-check
import { ensureNode } from './install/ensureNode.mjs';
import { runEntry } from './terminal/runEntry.mjs';

ensureNode();
const { ensureInstalled } = await import('./install/ensureInstalled.mjs');
await runEntry('Usage: npm run interop', async () => {
  await ensureInstalled();
  const { printInterop } = await import('./interop/printInterop.mjs');
  return printInterop();
});
