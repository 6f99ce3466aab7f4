// @ts-check
import { parseArgs } from 'node:util';
import { colours } from '../terminal/colours.mjs';
import { Complaint } from '../terminal/complaint.mjs';
import { drawTable } from '../terminal/drawTable.mjs';
import { askRegistry } from './askRegistry.mjs';
import { judgeInstallScripts } from './judgeInstallScripts.mjs';
import { judgeLicences } from './judgeLicences.mjs';
import { SCRIPTS_NOT_NEEDED } from './policy.mjs';
import { readDependencies } from './readDependencies.mjs';
import { writeBom } from './writeBom.mjs';

export const USAGE = 'Usage: npm run audit [-- [--all] [--sbom FILE]]';

/** The exit code when nothing failed and the registry did not answer: neither a pass nor a failure. */
const NOT_KNOWN = 2;

/**
 * Shows under which licences what is shipped comes, what would run at its installation, and what is known to be
 * wrong with it.
 *
 * @param {string[]} args
 * @returns {Promise<number>} the exit code: 0 when all is well, 1 when something fails, 2 when the registry is silent
 */
export async function audit(args) {
  const { all, sbom } = readArguments(args);
  const dependencies = await readDependencies();
  const licences = judgeLicences(dependencies);
  const scripts = await judgeInstallScripts(dependencies);
  print('Licences of what is shipped', licencesTable(licences.rows, all));
  print('Install scripts, none of which is run', scriptsTable(scripts.having));
  if (sbom !== undefined) print(`Bill of materials: ${await writeBom(sbom)} components, in ${sbom}`);
  const answer = await askRegistry();
  const failures = [...licences.failures, ...scripts.failures];
  if (answer.state === 'answered') {
    print(`Known vulnerabilities: ${describeCounts(answer.counts)}`);
    failures.push(...answer.failures);
  }
  const { red, yellow, green } = colours();
  for (const failure of failures) process.stdout.write(`${red('✗')} ${failure}\n`);
  if (answer.state === 'silent')
    process.stdout.write(
      `${yellow('!')} Vulnerabilities were not checked, the registry does not tell: ${answer.reason}.\n`,
    );
  if (failures.length > 0) return 1;
  if (answer.state === 'silent') return NOT_KNOWN;
  process.stdout.write(`${green('✓')} Nothing to complain of.\n`);
  return 0;
}

/** @param {string[]} args */
function readArguments(args) {
  try {
    return parseArgs({
      args,
      options: { all: { type: 'boolean', default: false }, sbom: { type: 'string' } },
    }).values;
  } catch (error) {
    throw new Complaint(`${error instanceof Error ? error.message : error}. ${USAGE}`);
  }
}

/**
 * @param {string} title
 * @param {string} [body]
 */
const print = (title, body = '') =>
  process.stdout.write(`\n${colours().bold(title)}\n\n${body}${body && '\n'}`);

/**
 * @param {import('./judgeLicences.mjs').LicenceRow[]} rows
 * @param {boolean} all whether every package is named
 */
function licencesTable(rows, all) {
  const left = /** @type {const} */ ('left');
  if (all) {
    const columns = ['package', 'version', 'licence'].map((title) => ({ title, align: left }));
    const each = rows.flatMap(({ dependencies }) => dependencies);
    return drawTable(
      columns,
      each.map(({ name, version, licence }) => [name, version, licence]),
    );
  }
  const columns = [{ title: 'licence', align: left }, { title: 'packages' }, { title: 'note', align: left }];
  return drawTable(
    columns,
    rows.map(({ licence, dependencies, note }) => [licence, `${dependencies.length}`, note]),
  );
}

/** @param {string[]} names */
function scriptsTable(names) {
  const left = /** @type {const} */ ('left');
  const columns = ['package', 'why it works without'].map((title) => ({ title, align: left }));
  return drawTable(
    columns,
    names.map((name) => [name, SCRIPTS_NOT_NEEDED[name] ?? 'not known']),
  );
}

/** @param {Record<string, number>} counts */
const describeCounts = (counts) =>
  Object.entries(counts)
    .map(([severity, count]) => `${count} ${severity}`)
    .join(', ');
