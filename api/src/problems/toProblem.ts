import { Outage } from '@florist/core/errors/outage';
import { outageOf } from '@florist/core/errors/outageOf';
import { ProblemError } from '@florist/core/errors/problemError';
import { PROBLEMS } from '@florist/core/errors/problems';
import { Refusal, type RefusalCode } from '@florist/core/errors/refusal';
import type { Problem } from '@florist/core/schemas/problem';
import type { FastifyError } from 'fastify';
import { describeValidation } from './describeValidation.js';

export const PROBLEM_TYPE = 'application/problem+json';

/** Statuses that libraries answer with, and what Florist calls them. */
const BY_STATUS: Record<number, RefusalCode> = {
  404: 'route_not_found',
  405: 'method_not_allowed',
  413: 'request_too_large',
  415: 'media_type_unsupported',
  429: 'too_many_requests',
};

const INTERNAL_DETAIL = 'The request id finds the cause in the logs of the service.';

/**
 * What a client is told of any error: the refusals in full, faults by their kind alone.
 * @param instance id of the request, as in the logs
 */
export function toProblem(error: unknown, instance: string): Problem {
  const { code, message, errors } = toProblemError(error);
  const { status, title } = PROBLEMS[code];
  return {
    type: `urn:florist:problem:${code}`,
    title,
    status,
    code,
    detail: message,
    instance,
    ...(errors.length > 0 && { errors: [...errors] }),
  };
}

function toProblemError(error: unknown): ProblemError {
  if (error instanceof ProblemError) {
    return error;
  }
  return outageOf(error) ?? (isFastifyError(error) ? ofFramework(error) : internal());
}

function ofFramework(error: FastifyError): ProblemError {
  if (error.validation !== undefined) {
    const errors = describeValidation(error.validation, error.validationContext ?? 'body');
    const first = errors[0];
    const detail = first === undefined ? error.message : `${first.field || 'The body'} ${first.detail}.`;
    return new Refusal('request_invalid', detail, errors);
  }
  const status = error.statusCode ?? 500;
  if (status === 503) {
    return new Outage('service_unavailable', 'The answer took too long; try again shortly.');
  }
  return status >= 400 && status < 500
    ? new Refusal(BY_STATUS[status] ?? 'request_invalid', error.message)
    : internal();
}

function internal(): ProblemError {
  return new ProblemError('internal', INTERNAL_DETAIL);
}

function isFastifyError(error: unknown): error is FastifyError {
  return error instanceof Error && ('statusCode' in error || 'validation' in error);
}
