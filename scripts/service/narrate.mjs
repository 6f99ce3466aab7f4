// @ts-check
import { colours } from '../terminal/colours.mjs';
import { say } from '../terminal/say.mjs';

/** Levels of pino's log lines. */
const LEVEL = { info: 30, warn: 40, error: 50 };
/** Wide enough for the longest name of a process, so that messages stand below each other. */
const NAME_WIDTH = 9;
/** A trouble that lasts is told once in this time, in milliseconds. */
const REPEAT_AFTER_MS = 60_000;
/** How many different messages are remembered for that. */
const TOLD_MAX = 1000;

/**
 * Turns a process's log lines into lines for people: only errors, or everything from `info` when verbose. All
 * lines stand in the log file either way.
 *
 * @param {string} name of the process
 * @param {boolean} verbose
 * @param {(line: string) => void} [print]
 * @returns {(line: string) => void}
 */
export function narrate(name, verbose, print = say) {
  const { dim, red, yellow } = colours();
  const least = verbose ? LEVEL.info : LEVEL.error;
  /** @type {Map<string, number>} */
  const told = new Map();
  return (line) => {
    const { level, msg, err, about } = parseLine(line);
    if (level < least) return;
    const text = [err && !msg.includes(err) ? `${msg}: ${err}` : msg, about].filter(Boolean).join(' ');
    const now = performance.now();
    if (!verbose && now - (told.get(text) ?? Number.NEGATIVE_INFINITY) < REPEAT_AFTER_MS) return;
    if (told.size > TOLD_MAX) told.clear();
    told.set(text, now);
    const paint =
      level >= LEVEL.error ? red : level >= LEVEL.warn ? yellow : (/** @type {string} */ same) => same;
    print(`${dim(`${name.padEnd(NAME_WIDTH)}│`)} ${paint(text)}`);
  };
}

/**
 * @param {string} line
 * @returns {{ level: number, msg: string, err: string, about: string }} a line that is not pino's counts as information
 */
function parseLine(line) {
  try {
    const { level, msg, err, req, res } = JSON.parse(line);
    return {
      level: typeof level === 'number' ? level : LEVEL.info,
      msg: typeof msg === 'string' ? msg : line,
      err: typeof err?.message === 'string' ? err.message : '',
      about: [req?.method, req?.url, res?.statusCode].filter(Boolean).join(' '),
    };
  } catch {
    return { level: LEVEL.info, msg: line, err: '', about: '' };
  }
}
