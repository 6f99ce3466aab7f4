#!/usr/bin/env node
// @ts-check
import { ensureNode } from './install/ensureNode.mjs';
import { runEntry } from './terminal/runEntry.mjs';

ensureNode();
const { bench } = await import('./bench/bench.mjs');
const { USAGE } = await import('./bench/readArguments.mjs');
await runEntry(USAGE, () => bench({ withPeer: true }));
