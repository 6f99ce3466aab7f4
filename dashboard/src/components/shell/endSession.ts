import type { ApiProblem } from '#lib/api/ApiProblem.ts';
import { type EndReason, signInPath } from '#lib/url/signInPath.ts';

let ending = false;

/** Leads to the sign-in page, which says why and leads back here; once, however many answers say the same. */
export function endSession({ problem }: ApiProblem): void {
  if (ending) {
    return;
  }
  ending = true;
  const reason: EndReason = problem.code === 'signed_out' ? 'session' : 'token';
  // without its cookie gone, the sign-in page would take the reader straight back
  void fetch('/session', { method: 'DELETE' }).finally(() =>
    location.assign(signInPath(`${location.pathname}${location.search}`, reason)),
  );
}
