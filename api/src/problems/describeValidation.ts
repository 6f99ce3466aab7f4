import type { ProblemDetail } from '@florist/core/errors/problemError';
import { clipName } from '@florist/core/safetensors/clipName';
import type { FastifySchemaValidationError } from 'fastify/types/schema.js';

type Violation = FastifySchemaValidationError;

/** Whoever has mended so many asks again; more would make the answer many times as large as the request. */
export const DESCRIBED_MAX = 50;

/**
 * Says in words what Ajv found, with a JSON pointer into the body or the name of the parameter; of very many faults
 * the first. Of a union only the branch that was meant is reported, and a union of constants as its choices.
 * @param part the part of the request: 'body', 'querystring', 'params' or 'headers'
 */
export function describeValidation(violations: readonly Violation[], part: string): ProblemDetail[] {
  let left = [...violations];
  for (const union of violations.filter((violation) => violation.keyword === 'anyOf')) {
    left = reduceUnion(left, union);
  }
  return withoutNull(left)
    .slice(0, DESCRIBED_MAX)
    .map((violation) => ({ field: fieldOf(violation, part), detail: sentenceOf(violation) }));
}

/**
 * Of a value that may be null and has faults of its own, leaves out that it is not null. A union cannot tell: the
 * faults of a branch that is a reference do not stand under the union's path.
 */
function withoutNull(violations: readonly Violation[]): Violation[] {
  return violations.filter(
    (violation) =>
      !isNull(violation) ||
      !violations.some((other) => other !== violation && isWithin(other, violation.instancePath)),
  );
}

function isNull({ keyword, params }: Violation): boolean {
  return keyword === 'type' && params.type === 'null';
}

function isWithin({ instancePath }: Violation, pointer: string): boolean {
  return instancePath === pointer || instancePath.startsWith(`${pointer}/`);
}

/** Replaces a failed `anyOf` and the complaints of its branches by what helps. */
function reduceUnion(violations: Violation[], union: Violation): Violation[] {
  if (!violations.includes(union)) {
    return violations;
  }
  const prefix = `${union.schemaPath}/`;
  const isInside = (violation: Violation) => violation.schemaPath.startsWith(prefix);
  const within = violations.filter(isInside);
  const outside = violations.filter((violation) => violation !== union && !isInside(violation));
  const branchOf = (violation: Violation) => violation.schemaPath.slice(prefix.length).split('/')[0];
  const wrong = new Set(within.filter(isConstant).map(branchOf));
  const misshapen = new Set(within.filter((violation) => isShape(violation, prefix)).map(branchOf));
  const possible = within.map(branchOf).filter((branch) => !wrong.has(branch));
  const meant = possible.find((branch) => !misshapen.has(branch)) ?? possible[0];
  if (meant !== undefined) {
    const dropped = new Set(within.filter((violation) => branchOf(violation) !== meant));
    return violations.filter((violation) => violation !== union && !dropped.has(violation));
  }
  const choices = within.filter(isConstant);
  const first = choices[0];
  if (first === undefined) {
    return [...outside, union];
  }
  const allowedValues = [...new Set(choices.map((choice) => choice.params.allowedValue))];
  return [...outside, { ...first, keyword: 'enum', params: { allowedValues } }];
}

function isConstant(violation: Violation): boolean {
  return violation.keyword === 'const';
}

/** Whether a branch of a union as a whole has other fields than the value, or is of another type. */
function isShape({ schemaPath }: Violation, prefix: string): boolean {
  return /^\d+\/(type|required|additionalProperties)$/.test(schemaPath.slice(prefix.length));
}

function fieldOf(violation: Violation, part: string): string {
  const named = violation.params.additionalProperty ?? violation.params.missingProperty;
  const pointer =
    violation.instancePath + (typeof named === 'string' ? `/${escapePointer(clipName(named))}` : '');
  return part === 'body' ? pointer : pointer.slice(1) || part;
}

function escapePointer(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

function sentenceOf({ keyword, params, message }: Violation): string {
  switch (keyword) {
    case 'additionalProperties':
      return 'is not a known field';
    case 'required':
      return 'is required';
    case 'const':
      return `must be ${JSON.stringify(params.allowedValue)}`;
    case 'enum':
      return `must be one of ${Array.isArray(params.allowedValues) ? params.allowedValues.join(', ') : ''}`;
    default:
      return message ?? 'is not valid';
  }
}
