import { type Probe, probeCuda } from './probeCuda.js';
import type { Provider } from './provider.js';

export interface ProviderChoice {
  provider: Provider;
  /** Why, for the log and the operator. */
  reason: string;
}

/**
 * What to compute on: as asked for, or with `auto` CUDA where it works and the CPU elsewhere.
 *
 * @throws Error when CUDA is asked for by name and does not work here
 */
export async function chooseProvider(
  asked: Provider | 'auto',
  probe: () => Promise<Probe> = probeCuda,
): Promise<ProviderChoice> {
  if (asked === 'cpu') return { provider: 'cpu', reason: 'asked for' };
  const { works, reason } = await probe();
  if (works) return { provider: 'cuda', reason: asked === 'cuda' ? 'asked for' : reason };
  if (asked === 'auto') return { provider: 'cpu', reason: `CUDA is not available: ${reason}` };
  throw new Error(`FLORIST_EXECUTION_PROVIDER is cuda, but CUDA is not available: ${reason}`);
}
