import { sampleSigma } from '#lib/spectrum/sampleSigma.ts';
import { type RoundContext, spectrumView } from '#server/spectrum/spectrumView.ts';

/** Singular values of all modules on a shared grid of indices. */
export function GET(request: Request, context: RoundContext): Promise<Response> {
  return spectrumView(request, context, sampleSigma);
}
