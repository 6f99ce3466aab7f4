#!/usr/bin/env node
// @ts-check
import { ensureNode } from './install/ensureNode.mjs';
import { runEntry } from './terminal/runEntry.mjs';

ensureNode();
const { checkAll, USAGE } = await import('./check/checkAll.mjs');
await runEntry(USAGE, () => checkAll(process.argv.slice(2)));
