import { summariseSpectrum } from '#lib/spectrum/summariseSpectrum.ts';
import { type RoundContext, spectrumView } from '#server/spectrum/spectrumView.ts';

/** Energy curves on a shared grid, ranks, and totals at every τ. */
export function GET(request: Request, context: RoundContext): Promise<Response> {
  return spectrumView(request, context, summariseSpectrum);
}
