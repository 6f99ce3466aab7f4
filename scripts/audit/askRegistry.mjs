// @ts-check
import { cleanEnvironment } from '../processes/cleanEnvironment.mjs';
import { run } from '../processes/run.mjs';
import { SEVERE } from './policy.mjs';

/** How long the registry may take, in milliseconds, and how often it is asked again: offline this says so soon. */
const PATIENCE = ['--fetch-timeout=20000', '--fetch-retries=1'];

/**
 * @typedef {{ state: 'answered', counts: Record<string, number>, failures: string[] }} Answered
 * @typedef {{ state: 'silent', reason: string }} Silent nothing is known, which is no good news
 */

/**
 * Asks the registry which known vulnerabilities concern what is shipped.
 *
 * @returns {Promise<Answered | Silent>}
 */
export async function askRegistry() {
  const { stdout, output } = await run('npm', ['audit', '--omit=dev', '--json', ...PATIENCE], {
    env: cleanEnvironment(),
  });
  return readAnswer(stdout, output);
}

/**
 * @param {string} json what npm wrote to its standard output
 * @param {string} [output] all that it wrote, for when that is no JSON
 * @returns {Answered | Silent}
 */
export function readAnswer(json, output = json) {
  const report = parse(json);
  const counts = report?.metadata?.vulnerabilities;
  if (!counts || !report?.vulnerabilities) {
    const reason = report?.message ?? report?.error?.summary ?? output.trim().split('\n')[0] ?? '';
    return { state: 'silent', reason: withoutAddress(reason) || 'it gave no report' };
  }
  const failures = Object.values(report.vulnerabilities)
    .filter(({ severity }) => SEVERE.some((severe) => severe === severity))
    .map(({ name, severity, range }) => `${name} ${range} has a vulnerability of ${severity} severity`);
  return { state: 'answered', counts, failures };
}

/**
 * @typedef {object} Report of npm audit, as far as it is looked at
 * @property {string} [message]
 * @property {{ summary?: string }} [error]
 * @property {{ vulnerabilities?: Record<string, number> }} [metadata]
 * @property {Record<string, { name: string, severity: string, range: string }>} [vulnerabilities]
 */

/**
 * @param {string} json
 * @returns {Report | undefined}
 */
function parse(json) {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** @param {string} text */
const withoutAddress = (text) => text.replace(/ ?(- )?(GET|POST) https?:\/\/\S+/g, '').trim();
