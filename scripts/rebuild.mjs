#!/usr/bin/env node
// @ts-check
import { ensureNode } from './install/ensureNode.mjs';
import { runEntry } from './terminal/runEntry.mjs';

ensureNode();
const { rebuild } = await import('./rebuild/rebuild.mjs');
const { USAGE } = await import('./rebuild/readOptions.mjs');
await runEntry(USAGE, () => rebuild(process.argv.slice(2), process.env));
