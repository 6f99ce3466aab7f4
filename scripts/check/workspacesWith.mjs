// @ts-check
import { readFile } from 'node:fs/promises';
import { inRoot } from '../processes/root.mjs';

/**
 * The workspaces that have a script of this name, in the order of package.json.
 *
 * @param {string} script
 * @returns {Promise<string[]>}
 */
export async function workspacesWith(script) {
  /** @type {{ workspaces: string[] }} */
  const { workspaces } = JSON.parse(await readFile(inRoot('package.json'), 'utf8'));
  const having = await Promise.all(
    workspaces.map(async (workspace) => {
      const { scripts = {} } = JSON.parse(await readFile(inRoot(workspace, 'package.json'), 'utf8'));
      return script in scripts ? [workspace] : [];
    }),
  );
  return having.flat();
}
