// @ts-check
import { isAllowed } from './isAllowed.mjs';
import { EXCEPTIONS, LICENCES } from './policy.mjs';

/** @typedef {import('./readDependencies.mjs').Dependency} Dependency */

/**
 * @typedef {object} LicenceRow
 * @property {string} licence
 * @property {Dependency[]} dependencies
 * @property {string} note why it is allowed where the list alone does not say so
 */

/**
 * Sorts what is shipped by licence, the most frequent first, and finds what may not be.
 *
 * @param {Dependency[]} dependencies
 * @returns {{ rows: LicenceRow[], failures: string[] }}
 */
export function judgeLicences(dependencies) {
  /** @type {Map<string, LicenceRow>} */
  const rows = new Map();
  const failures = [];
  for (const dependency of dependencies.filter(({ shipped }) => shipped)) {
    const { name, version, licence } = dependency;
    const exception = EXCEPTIONS.find(({ names }) => names.test(name));
    const isListed = isAllowed(licence, LICENCES);
    if (!isListed && !(exception && isAllowed(licence, [...LICENCES, exception.licence])))
      failures.push(
        `${name}@${version} comes under ${licence || 'no licence'}, which is not among those allowed`,
      );
    const row = rows.get(licence) ?? {
      licence,
      dependencies: [],
      note: isListed ? '' : (exception?.why ?? ''),
    };
    row.dependencies.push(dependency);
    rows.set(licence, row);
  }
  const sorted = [...rows.values()].sort((one, other) => other.dependencies.length - one.dependencies.length);
  return { rows: sorted, failures };
}
