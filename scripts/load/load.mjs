// @ts-check
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBenchService } from '../bench/service/openBenchService.mjs';
import { say } from '../terminal/say.mjs';
import { step } from '../terminal/step.mjs';
import { makeFiles } from './makeFiles.mjs';
import { printLoad } from './printLoad.mjs';
import { raceNginx } from './raceNginx.mjs';
import { readOptions } from './readOptions.mjs';
import { standCrowd } from './standCrowd.mjs';

/**
 * The command: a crowd that uploads, reads and listens at once, and uploads beside nginx's, all on loopback.
 *
 * @returns {Promise<number>} exit code: 0 when everything is as it should be
 */
export async function load() {
  const options = readOptions(process.argv.slice(2));
  const folder = await mkdtemp(join(tmpdir(), 'florist-load-'));
  try {
    const files = makeFiles(options.megabytes);
    const service = await step('Starting the service', () => openBenchService(folder));
    try {
      const token = (await readFile(join(service.dataDir, 'operator-token'), 'utf8')).trim();
      const crowd = await step('A crowd at once', (progress) =>
        standCrowd(service, token, options, files, progress),
      );
      const race =
        options.turns > 0
          ? await step('Uploads beside nginx', (progress) =>
              raceNginx(service, folder, options, files, progress),
            )
          : undefined;
      const { text, faults } = printLoad(options, files, crowd, race);
      say(text);
      return faults === 0 ? 0 : 1;
    } finally {
      await service.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
