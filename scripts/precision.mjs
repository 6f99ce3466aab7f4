#!/usr/bin/env node
// @ts-check
import { ensureNode } from './install/ensureNode.mjs';
import { runEntry } from './terminal/runEntry.mjs';

ensureNode();
const { precision } = await import('./precision/precision.mjs');
const { USAGE } = await import('./precision/readArguments.mjs');
await runEntry(USAGE, () => precision(process.argv.slice(2)));
