// @ts-check
import { ensureSystem } from './ensureSystem.mjs';

/**
 * Finds a browser for tests, or installs one: the one without windows, which does the same with much less work, or else
 * any Chromium.
 *
 * @returns {Promise<string>} its path
 * @throws {import('../terminal/complaint.mjs').Complaint} naming how to get it
 */
export function ensureBrowser() {
  return ensureSystem('chromium-headless-shell').catch(() => ensureSystem('chromium'));
}
