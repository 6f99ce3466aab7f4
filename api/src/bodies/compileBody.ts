import type { Ajv, ErrorObject, ValidateFunction } from 'ajv';
import { hasMoreValues } from './hasMoreValues.js';

/** Values up to which a body is searched for all of its faults: about twice as many as the largest good one has. */
export const SEARCHED_VALUES_MAX = 2_000;

/** What Fastify takes a refusal from. */
interface Verdict {
  error?: ErrorObject[];
}

/**
 * Compiles what judges a body. Its first fault decides; the others are looked for in a small body alone, so that no
 * list of ten thousand wrong numbers keeps the service busy with finding and describing each of them.
 * @param quick stops at the first fault
 * @param thorough finds them all; compiles a schema only when a body has failed it
 */
export function compileBody(schema: object, quick: Ajv, thorough: Ajv): (body: unknown) => Verdict {
  const isGood = quick.compile(schema);
  let findAll: ValidateFunction | undefined;
  return (body) => {
    if (isGood(body)) return {};
    if (hasMoreValues(body, SEARCHED_VALUES_MAX)) return { error: isGood.errors ?? [] };
    findAll ??= thorough.compile(schema);
    findAll(body);
    return { error: findAll.errors ?? [] };
  };
}
