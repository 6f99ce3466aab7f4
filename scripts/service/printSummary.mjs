// @ts-check
import { relative } from 'node:path';
import { colours } from '../terminal/colours.mjs';
import { wrapText } from '../terminal/wrapText.mjs';

const WIDTH = 80;
const NAME_WIDTH = 9;
/** Before every value: two spaces, the name, one more. */
const INDENT = NAME_WIDTH + 3;

/**
 * Says where everything is. A token that has just been made is shown, this once.
 *
 * @param {import('./startService.mjs').Service} service
 */
export function printSummary({ url, dashboardUrl, dataDir, operator, provider, redis }) {
  const { bold, cyan, dim } = colours();
  const near = (/** @type {string} */ path) => {
    const short = relative(process.cwd(), path);
    return short.startsWith('..') ? path : short;
  };
  const token = operator.path ? `in ${near(operator.path)}` : 'the one of FLORIST_OPERATOR_TOKEN';
  /** @type {[name: string, ...lines: string[]][]} */
  const entries = [
    ...(dashboardUrl ? [/** @type {[string, string]} */ (['Dashboard', cyan(dashboardUrl)])] : []),
    ['API', cyan(url), dim(`documented at ${url}/docs`)],
    operator.created ? ['Token', operator.token, dim(`shown once, kept ${token}`)] : ['Token', token],
    ['Data', near(dataDir), dim(`logs in ${near(dataDir)}/logs`)],
    ['Redis', redis],
    ['Compute', ...wrapText(provider, WIDTH - INDENT)],
  ];
  process.stdout.write(`\n${bold('Florist is running')}\n\n`);
  for (const [name, ...lines] of entries) {
    const label = `  ${dim(name.padEnd(NAME_WIDTH))} `;
    process.stdout.write(`${label}${lines.join(`\n${' '.repeat(INDENT)}`)}\n`);
  }
  process.stdout.write(`\n${dim('Ctrl-C stops everything.')}\n`);
}
