#!/usr/bin/env node
// @ts-check
import { ensureNode } from './install/ensureNode.mjs';
import { runEntry } from './terminal/runEntry.mjs';

ensureNode();
const { audit, USAGE } = await import('./audit/audit.mjs');
await runEntry(USAGE, () => audit(process.argv.slice(2)));
