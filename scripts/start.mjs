#!/usr/bin/env node
// @ts-check
import { ensureNode } from './install/ensureNode.mjs';
import { runEntry } from './terminal/runEntry.mjs';

ensureNode();
const { ensureInstalled } = await import('./install/ensureInstalled.mjs');
const { USAGE } = await import('./service/readOptions.mjs');
await runEntry(USAGE, async () => {
  await ensureInstalled();
  const { serve } = await import('./service/serve.mjs');
  await serve();
});
