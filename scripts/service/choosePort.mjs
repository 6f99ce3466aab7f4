// @ts-check
import { tryPort } from '../processes/tryPort.mjs';
import { Complaint } from '../terminal/complaint.mjs';

/**
 * The port to listen on; 0 becomes a free one.
 *
 * @param {string} setting that names it, for the complaint
 * @param {string} host
 * @param {number} port
 * @throws {Complaint} when the port is taken or not allowed, or the host is not this machine's
 */
export async function choosePort(setting, host, port) {
  try {
    return await tryPort(host, port);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EADDRINUSE') {
      throw new Complaint(
        `Port ${port} of ${host} is in use: set ${setting} to another, or to 0 for a free one.`,
      );
    }
    if (code === 'EACCES') {
      throw new Complaint(`Port ${port} is not permitted: set ${setting} to one above 1023, or to 0.`);
    }
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
      throw new Complaint(`HOST ${host} is no address of this machine.`);
    }
    throw error;
  }
}
