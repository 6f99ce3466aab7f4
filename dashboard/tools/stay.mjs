#!/usr/bin/env node
// @ts-check
import { seedStory } from './seed/seedStory.mjs';
import { OPERATOR_TOKEN, startStack, VIEWER_TOKEN } from './stack/startStack.mjs';

// a filled service to work on the dashboard with, until it is interrupted
const stack = await startStack();
console.log(`api        ${stack.apiUrl}\ndashboard  ${stack.dashboardUrl}`);
console.log(`operator   ${OPERATOR_TOKEN}\nviewer     ${VIEWER_TOKEN}`);
process.once('SIGINT', () => void stack.stop());
process.once('SIGTERM', () => void stack.stop());
await seedStory(stack.apiUrl, OPERATOR_TOKEN);
console.log('seeded');
