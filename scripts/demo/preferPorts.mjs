// @ts-check
import { tryPort } from '../processes/tryPort.mjs';

/**
 * Where the demo listens: where the settings say, else where Florist usually does, else, when that is taken,
 * anywhere.
 *
 * @param {NodeJS.ProcessEnv} env
 * @param {{ host: string, port: number, dashboardPort: number }} settings
 * @returns {Promise<{ env: NodeJS.ProcessEnv, notes: string[] }>} the settings to start with
 */
export async function preferPorts(env, { host, port, dashboardPort }) {
  /** @type {string[]} */
  const notes = [];
  const prefer = async (/** @type {string} */ name, /** @type {number} */ usual) => {
    if (env[name]) return {};
    const isFree = await tryPort(host, usual).then(
      () => true,
      () => false,
    );
    if (isFree) return {};
    notes.push(`Port ${usual} is in use, so the demo takes a free one (${name} sets it).`);
    return { [name]: '0' };
  };
  return {
    env: { ...env, ...(await prefer('PORT', port)), ...(await prefer('DASHBOARD_PORT', dashboardPort)) },
    notes,
  };
}
