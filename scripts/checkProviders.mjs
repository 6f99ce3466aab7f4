#!/usr/bin/env node
// @ts-check
import { ensureNode } from './install/ensureNode.mjs';
import { runEntry } from './terminal/runEntry.mjs';

ensureNode();
const { checkProviders, USAGE } = await import('./providers/checkProviders.mjs');
await runEntry(USAGE, () => checkProviders(process.argv.slice(2)));
