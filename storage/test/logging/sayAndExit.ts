import { openLogOutput } from '../../src/logging/openLogOutput.js';

/** Writes `lines` lines when it is told to, of `bytes` bytes each, and exits with code 3 when it is told to exit. */
const output = openLogOutput();
process.on('message', ({ lines, bytes, exit }: { lines?: number; bytes?: number; exit?: boolean }) => {
  for (let line = 1; line <= (lines ?? 0); line++)
    output.write(`${String(line).padEnd((bytes ?? 2) - 1, '.')}\n`);
  if (exit) process.exit(3);
  process.send?.({ rss: process.memoryUsage.rss() });
});
process.send?.('ready');
