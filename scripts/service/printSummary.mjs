// @ts-check
import { relative } from 'node:path';
import { colours } from '../terminal/colours.mjs';

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
  const lines = [
    ...(dashboardUrl ? [['Dashboard', cyan(dashboardUrl)]] : []),
    ['API', `${cyan(url)}  ${dim(`documented at ${url}/docs`)}`],
    ['Token', operator.created ? `${operator.token}  ${dim(`shown once, kept ${token}`)}` : token],
    ['Data', `${near(dataDir)}  ${dim(`logs in ${near(dataDir)}/logs`)}`],
    ['Redis', redis],
    ['Compute', provider],
  ];
  process.stdout.write(`\n${bold('Florist is running')}\n\n`);
  for (const [name = '', text] of lines) process.stdout.write(`  ${dim(name.padEnd(9))} ${text}\n`);
  process.stdout.write(`\n${dim('Ctrl-C stops everything.')}\n`);
}
