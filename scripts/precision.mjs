#!/usr/bin/env node
// @ts-check
import { ensureNode } from './install/ensureNode.mjs';
import { runEntry } from './terminal/runEntry.mjs';

ensureNode();
const { precision } = await import('./precision/precision.mjs');
await runEntry(() => precision(process.argv.slice(2)));
