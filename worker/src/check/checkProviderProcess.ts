import { availableParallelism } from 'node:os';
import { openOnnxKernel } from '../engine/openOnnxKernel.js';
import type { Provider } from '../engine/provider.js';
import { endWithParent } from '../process/endWithParent.js';
import { checkGolden, type GoldenCheck } from './checkGolden.js';
import { type ModuleTimes, timeModule } from './timeModule.js';

/** What checking one provider found. */
export interface ProviderCheck {
  golden: GoldenCheck;
  times: ModuleTimes;
}

// A child process of checkProviders, since a broken provider can end the process that uses it.

endWithParent();

process.on('message', async (provider: Provider) => {
  const kernel = openOnnxKernel(provider, availableParallelism());
  const check: ProviderCheck = { golden: await checkGolden(kernel), times: await timeModule(kernel) };
  process.send?.(check, () => process.exit(0));
});
