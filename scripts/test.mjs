#!/usr/bin/env node
// @ts-check
import { ensureNode } from './install/ensureNode.mjs';
import { runEntry } from './terminal/runEntry.mjs';

ensureNode();
const { checkAll } = await import('./check/checkAll.mjs');
await runEntry(() => checkAll(process.argv.slice(2)));
