// @ts-check
import { access } from 'node:fs/promises';
import { inRoot } from '../processes/root.mjs';
import { choosePort } from './choosePort.mjs';
import { readSettings } from './readSettings.mjs';

/** How long pages under way may take when the dashboard stops, in milliseconds. */
const GRACE_MS = 10_000;

/** Whether there is a dashboard, and it is built. */
export const hasDashboard = () =>
  Promise.all(['server.mjs', '.next/BUILD_ID'].map((file) => access(inRoot('dashboard', file)))).then(
    () => true,
    () => false,
  );

/**
 * @param {import('./openCrew.mjs').Crew} crew
 * @param {{ host: string, dashboardPort: number }} settings
 * @param {NodeJS.ProcessEnv} env without tokens: who signs in brings one
 * @param {string} apiUrl
 * @returns {Promise<string>} its URL
 */
export async function startDashboard(crew, { host, dashboardPort }, env, apiUrl) {
  const port = await choosePort('DASHBOARD_PORT', host, dashboardPort);
  crew.launch({
    name: 'dashboard',
    script: inRoot('dashboard', 'server.mjs'),
    env: () => ({ ...env, DASHBOARD_PORT: String(port), FLORIST_API_URL: apiUrl }),
    graceMs: GRACE_MS,
  });
  return readSettings({ HOST: host, PORT: String(port) }).apiUrl;
}
