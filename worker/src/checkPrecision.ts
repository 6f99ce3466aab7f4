import { availableParallelism } from 'node:os';
import { brokenPromises } from '@florist/core/precision/brokenPromises';
import { type CasePrecision, measurePrecision } from '@florist/core/precision/measurePrecision';
import { precisionCases } from '@florist/core/precision/precisionCases';
import { readSettings } from '@florist/core/settings/readSettings';
import { chooseProvider } from './engine/chooseProvider.js';
import { openOnnxKernel } from './engine/openOnnxKernel.js';
import type { Provider } from './engine/provider.js';

/** A line of the output: one case with submissions of one dtype. */
export interface PrecisionLine extends CasePrecision {
  provider: Provider;
  /** Dtype of the submissions. */
  input: string;
  /** What is worse than promised. */
  broken: readonly string[];
}

const INPUTS = ['F32', 'F16', 'BF16'] as const;

/** Measures every case with the engine that the settings choose, and prints a JSON object for each as it is done. */
async function checkPrecision(): Promise<void> {
  const { provider } = await chooseProvider(readSettings(process.env).executionProvider);
  const kernel = openOnnxKernel(provider, availableParallelism());
  for (const input of INPUTS) {
    for (const precisionCase of precisionCases(input)) {
      const found = await measurePrecision(kernel, precisionCase);
      const line: PrecisionLine = { provider, input, ...found, broken: brokenPromises(found) };
      process.stdout.write(`${JSON.stringify(line)}\n`);
    }
  }
  await kernel.close();
}

checkPrecision().catch((error: unknown) => {
  process.stderr.write(`florist precision: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
