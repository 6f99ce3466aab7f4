import 'server-only';
import { makeProblem } from '#lib/api/toProblem.ts';
import { isSameOrigin } from '../security/isSameOrigin.ts';
import { readSession } from '../session/readSession.ts';
import type { Session } from '../session/session.ts';
import { problemResponse, toProblemResponse } from './problemResponse.ts';

const READING = new Set(['GET', 'HEAD']);

/** Answers a request of browser code for its session; refuses strangers, and changes asked for by other sites. */
export async function withSession(
  request: Request,
  answer: (session: Session) => Promise<Response>,
): Promise<Response> {
  if (!READING.has(request.method) && !isSameOrigin(request.headers)) {
    return problemResponse(
      makeProblem(
        403,
        'cross_site',
        'Refused',
        'Changes can only be asked for by the dashboard’s own pages.',
      ),
    );
  }
  const session = await readSession();
  if (session === undefined) {
    return problemResponse(makeProblem(401, 'signed_out', 'Signed out', 'Sign in with a token to go on.'));
  }
  try {
    return await answer(session);
  } catch (thrown) {
    return toProblemResponse(thrown);
  }
}
