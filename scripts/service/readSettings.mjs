// @ts-check
import { readSettings as read } from '../../core/dist/settings/readSettings.js';
import { Complaint } from '../terminal/complaint.mjs';

/**
 * The settings of the environment.
 *
 * @param {Record<string, string | undefined>} env
 * @throws {Complaint} naming the variable that is wrong
 */
export function readSettings(env) {
  try {
    return read(env);
  } catch (error) {
    throw new Complaint(error instanceof Error ? `${error.message}.` : String(error));
  }
}
