import { exactModules } from '#lib/spectrum/exactModules.ts';
import { type RoundContext, spectrumView } from '#server/spectrum/spectrumView.ts';

/** Every singular value of the modules named by `?name=`. */
export function GET(request: Request, context: RoundContext): Promise<Response> {
  return spectrumView(request, context, (spectrum, query) => exactModules(spectrum, query.getAll('name')));
}
