#!/usr/bin/env node
// @ts-check
import { ensureNode } from './install/ensureNode.mjs';
import { runEntry } from './terminal/runEntry.mjs';

ensureNode();
const { bench } = await import('./bench/bench.mjs');
await runEntry(() => bench({ withPeer: true }));
