// @ts-check
import { cleanEnvironment } from '../processes/cleanEnvironment.mjs';
import { run } from '../processes/run.mjs';
import { SCRIPTS_NOT_NEEDED } from './policy.mjs';

/**
 * Makes sure that installing runs no code of others: npm is told so in this repository, and nothing that is shipped
 * has a script of which it is not known that it can be done without.
 *
 * @param {import('./readDependencies.mjs').Dependency[]} dependencies
 * @returns {Promise<{ having: string[], failures: string[] }>} having: the shipped packages that have scripts
 */
export async function judgeInstallScripts(dependencies) {
  const { stdout } = await run('npm', ['config', 'get', 'ignore-scripts'], { env: cleanEnvironment() });
  const having = dependencies
    .filter(({ shipped, hasInstallScript }) => shipped && hasInstallScript)
    .map(({ name }) => name);
  return {
    having,
    failures: [
      ...(stdout.trim() === 'true'
        ? []
        : ['npm would run install scripts here: .npmrc must say ignore-scripts']),
      ...having
        .filter((name) => !(name in SCRIPTS_NOT_NEEDED))
        .map(
          (name) => `${name} has an install script that npm does not run: find out whether it works without`,
        ),
    ],
  };
}
