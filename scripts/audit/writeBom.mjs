// @ts-check
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { cleanEnvironment } from '../processes/cleanEnvironment.mjs';
import { run } from '../processes/run.mjs';
import { Complaint } from '../terminal/complaint.mjs';

/** npm prints the whole bill on one go. */
const SBOM = ['sbom', '--sbom-format=cyclonedx', '--sbom-type=application', '--omit=dev'];

/**
 * Writes the bill of materials of what is shipped, as CycloneDX in JSON.
 *
 * @param {string} path
 * @returns {Promise<number>} how many components it names
 * @throws {Complaint}
 */
export async function writeBom(path) {
  const { code, stdout, output } = await run('npm', SBOM, { env: cleanEnvironment() });
  if (code !== 0) throw new Complaint('npm sbom failed; its output is above.', { log: output });
  const bom = JSON.parse(stdout);
  // npm takes the name of the folder
  bom.metadata.component.name = 'florist';
  await writeFile(resolve(path), `${JSON.stringify(bom, null, 2)}\n`);
  return bom.components.length;
}
