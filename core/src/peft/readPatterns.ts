import { clipName } from '../safetensors/clipName.js';
import { configRefusal } from './configRefusal.js';
import { PATTERN_KEY_MAX, PATTERNS_MAX } from './limits.js';

/**
 * Reads rank_pattern or alpha_pattern: an object from regular expressions to numbers, null or absent.
 * @param check throws unless a value is permitted; gets the value and the field's name for its message
 * @throws {Refusal} config_invalid
 */
export function readPatterns(
  value: unknown,
  field: 'rank_pattern' | 'alpha_pattern',
  check: (value: unknown, field: string) => number,
): ReadonlyMap<string, number> {
  if (value === undefined || value === null) return new Map();
  if (typeof value !== 'object' || Array.isArray(value)) {
    throw configRefusal('config_invalid', field, 'must be an object');
  }
  const entries = Object.entries(value);
  if (entries.length > PATTERNS_MAX) {
    throw configRefusal('config_invalid', field, `has more than ${PATTERNS_MAX} entries`);
  }
  if (entries.length > 1) checkOrderKept(entries, field);
  const patterns = new Map<string, number>();
  for (const [key, number] of entries) {
    if (key.length > PATTERN_KEY_MAX) {
      throw configRefusal('config_invalid', field, `has a key of more than ${PATTERN_KEY_MAX} characters`);
    }
    patterns.set(key, check(number, `${field}.${clipName(key)}`));
  }
  return patterns;
}

/** JSON.parse moves keys that look like array indices to the front, but the first pattern that matches wins. */
function checkOrderKept(entries: readonly [string, unknown][], field: string): void {
  if (!entries.some(([key]) => /^\d+$/.test(key))) return;
  const detail =
    'has a key of digits only, whose place among the others cannot be told; write the module name';
  throw configRefusal('config_unsupported', field, detail);
}
