import { Refusal } from '@florist/core/errors/refusal';
import { CONFIG_DEPTH_MAX } from './limits.js';

/**
 * The text of a config without what means nothing: white space and the order of its fields. Deeper down the
 * order stays, since the first rank pattern that matches a module is the one that counts.
 * @throws Refusal config_invalid when it is nested too deeply
 */
export function canonicalJson(config: unknown): string {
  requireShallow(config, 0);
  if (typeof config !== 'object' || config === null || Array.isArray(config)) {
    return JSON.stringify(config);
  }
  const fields = Object.entries(config).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(',')}}`;
}

/** What JSON.parse can read may still be too deep for whoever walks it next. */
function requireShallow(value: unknown, depth: number): void {
  if (typeof value !== 'object' || value === null) {
    return;
  }
  if (depth >= CONFIG_DEPTH_MAX) {
    throw new Refusal('config_invalid', `The config is nested deeper than ${CONFIG_DEPTH_MAX} levels.`, [
      { field: 'config', detail: `must be nested at most ${CONFIG_DEPTH_MAX} levels` },
    ]);
  }
  for (const member of Object.values(value)) {
    requireShallow(member, depth + 1);
  }
}
