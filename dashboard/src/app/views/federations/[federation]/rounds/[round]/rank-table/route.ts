import { rankTable } from '#lib/spectrum/rankTable.ts';
import { type RoundContext, spectrumView } from '#server/spectrum/spectrumView.ts';

/** The rank of every module at every τ of the explorer. */
export function GET(request: Request, context: RoundContext): Promise<Response> {
  return spectrumView(request, context, rankTable);
}
