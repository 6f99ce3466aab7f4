import { ProblemError } from '@florist/core/errors/problemError';
import { Refusal } from '@florist/core/errors/refusal';

/** How the multipart parser says that what it reads is no form, or ends too early. */
const MALFORMED = /multipart|boundary|terminated early|malformed part header/i;

/** How it says that the boundary, for which it searches the form, is longer than it can search for. */
const BOUNDARY_TOO_LONG = /^The needle cannot have a length bigger than/;

/** Tells a form that cannot be read, or was broken off, from a fault of the service; gives others back. */
export function formRefusal(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof ProblemError) {
    return error;
  }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (code === 'FST_INVALID_JSON_FIELD_ERROR') {
    return new Refusal('config_invalid', 'A field that is declared as JSON is not JSON.');
  }
  if (code === 'ECONNRESET' && error.message === 'aborted') {
    return new Refusal('request_invalid', 'The connection broke before the form had arrived.');
  }
  if (BOUNDARY_TOO_LONG.test(error.message)) {
    return new Refusal('request_invalid', 'The form cannot be read: its boundary is too long.');
  }
  if (code.startsWith('FST_') || MALFORMED.test(error.message)) {
    return new Refusal('request_invalid', `The form cannot be read: ${error.message}.`);
  }
  return error;
}
