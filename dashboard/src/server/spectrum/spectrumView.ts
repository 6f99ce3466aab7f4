import 'server-only';
import type { SpectrumData } from '#lib/spectrum/spectrumData.ts';
import { withSession } from '../api/withSession.ts';
import { loadSpectrum } from './loadSpectrum.ts';

export interface RoundContext {
  params: Promise<{ federation: string; round: string }>;
}

/** Answers with something computed from a spectrum; `?adapter=` chooses which. */
export function spectrumView(
  request: Request,
  { params }: RoundContext,
  view: (spectrum: SpectrumData, query: URLSearchParams) => unknown,
): Promise<Response> {
  return withSession(request, async (session) => {
    const query = new URL(request.url).searchParams;
    const spectrum = await loadSpectrum(session, {
      ...(await params),
      adapter: query.get('adapter') ?? undefined,
    });
    return Response.json(view(spectrum, query), { headers: { 'cache-control': 'private, no-store' } });
  });
}
