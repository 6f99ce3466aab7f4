import type { LogLevel } from '@florist/core/settings/readSettings';
import { openLogOutput } from '@florist/storage/logging/openLogOutput';
import { type Logger, pino } from 'pino';

/** JSON lines on the standard output; `part` tells the worker's processes apart. */
export function openLog(level: LogLevel, part: 'worker' | 'aggregate'): Logger {
  return pino({ level, base: { service: 'worker', process: part, pid: process.pid } }, openLogOutput());
}
