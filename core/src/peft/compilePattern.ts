import { RE2JS, RE2JSException } from 're2js';
import { clipName } from '../safetensors/clipName.js';
import { configRefusal } from './configRefusal.js';

/**
 * Where Python and RE2 read the same text differently: a repetition without a lower bound, `{,3}`, which RE2
 * takes literally, and `[[:alpha:]]`, which is a POSIX class to RE2 only.
 */
const AMBIGUOUS = /\{,|\[:/;

/**
 * Compiles a key of rank_pattern or alpha_pattern to an expression that finds a match exactly in the names that
 * PEFT (from 0.15, get_pattern_key) would match: at the start of the name or after any of its dots, up to its
 * end. RE2 takes time linear in the name, whatever the pattern.
 * @throws {Refusal} config_unsupported for what RE2 lacks or reads differently
 */
export function compilePattern(key: string, field: string): RE2JS {
  if (AMBIGUOUS.test(key)) throw unsupported(key, field);
  try {
    return RE2JS.compile(`\\A(?:(.*\\.)?(${key})$)`);
  } catch (error) {
    if (error instanceof RE2JSException) throw unsupported(key, field);
    throw error;
  }
}

function unsupported(key: string, field: string) {
  return configRefusal(
    'config_unsupported',
    `${field}.${clipName(key)}`,
    'is a regular expression that cannot be matched here: look-around, back-references, {,n} and POSIX classes are not supported; name the modules in full',
  );
}
