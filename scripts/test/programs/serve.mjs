// @ts-check
// Starts the service and tells, as JSON, its URL or why not, and later every crash.
import { startService } from '../../service/startService.mjs';

const tell = (/** @type {unknown} */ value) => process.stdout.write(`${JSON.stringify(value)}\n`);

try {
  const announce = (/** @type {string} */ message) => void tell({ announced: message });
  const service = await startService(process.env, { announce, headless: true });
  process.once('SIGTERM', async () => {
    await service.stop();
    process.exit(0);
  });
  tell({ url: service.url });
} catch (error) {
  tell({ complaint: error instanceof Error ? error.message : String(error) });
  process.exit(1);
}
