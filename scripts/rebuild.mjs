#!/usr/bin/env node
// @ts-check
import { ensureNode } from './install/ensureNode.mjs';
import { runEntry } from './terminal/runEntry.mjs';

ensureNode();
await runEntry(async () => {
  const { rebuild } = await import('./rebuild/rebuild.mjs');
  return rebuild(process.argv.slice(2), process.env);
});
