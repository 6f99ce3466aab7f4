// @ts-check
import { colours } from './colours.mjs';
import { formatSeconds } from './format.mjs';

/** How often the spinner turns, in milliseconds: smooth to the eye, idle for the machine. */
const SPIN_MS = 100;
/** Without a terminal a progress line at most this often, in milliseconds, so that logs stay short. */
const SPARSE_MS = 5000;
const SPINNER = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const COLUMNS_DEFAULT = 80;

/**
 * Shows one piece of work as one line: a spinner that becomes ✓ or ✗ on a terminal, sparse lines elsewhere.
 *
 * @template T
 * @param {string} title
 * @param {(progress: (text: string) => void) => Promise<T>} work is given a function that says how far it is
 * @param {(value: T) => string} [conclude] what to add to the line when the work is done
 * @param {(value: T) => boolean} [isGood] whether what it came to deserves a ✓
 * @returns {Promise<T>}
 */
export async function step(title, work, conclude = () => '', isGood = () => true) {
  const line = process.stdout.isTTY ? livingLine(title) : sparseLines(title);
  const begun = performance.now();
  try {
    const value = await work(line.progress);
    const mark = isGood(value) ? colours().green('✓') : colours().red('✗');
    line.end(mark, conclude(value), (performance.now() - begun) / 1000);
    return value;
  } catch (error) {
    line.end(colours().red('✗'), '', (performance.now() - begun) / 1000);
    throw error;
  }
}

/** @typedef {{ progress: (text: string) => void, end: (mark: string, more: string, seconds: number) => void }} Line */

/**
 * @param {string} mark
 * @param {string} title
 * @param {string} more
 * @param {number} seconds
 */
const lastLine = (mark, title, more, seconds) =>
  `${mark} ${[title, more].filter(Boolean).join(': ')} ${colours().dim(formatSeconds(seconds))}\n`;

/**
 * @param {string} title
 * @returns {Line}
 */
function livingLine(title) {
  let text = '';
  let turn = 0;
  const draw = () => {
    const whole = text ? `${title}: ${text}` : title;
    const room = (process.stdout.columns || COLUMNS_DEFAULT) - 3;
    const spinner = SPINNER[turn++ % SPINNER.length] ?? '';
    process.stdout.write(`\r\u001b[K${colours().cyan(spinner)} ${whole.slice(0, room)}`);
  };
  const timer = setInterval(draw, SPIN_MS);
  draw();
  return {
    progress: (now) => {
      text = now;
    },
    end: (mark, more, seconds) => {
      clearInterval(timer);
      process.stdout.write(`\r\u001b[K${lastLine(mark, title, more, seconds)}`);
    },
  };
}

/**
 * @param {string} title
 * @returns {Line}
 */
function sparseLines(title) {
  let last = performance.now();
  process.stdout.write(`… ${title}\n`);
  return {
    progress: (text) => {
      if (performance.now() - last < SPARSE_MS) return;
      last = performance.now();
      process.stdout.write(`  ${text}\n`);
    },
    end: (mark, more, seconds) => {
      process.stdout.write(lastLine(mark, title, more, seconds));
    },
  };
}
