import { QUOTED_NAME_MAX } from './limits.js';

/** A name that a client chose, cut at a cap, for the `tensor` or `field` of a refusal. */
export function clipName(name: string): string {
  return name.length <= QUOTED_NAME_MAX ? name : `${name.slice(0, QUOTED_NAME_MAX)}…`;
}
