import { outageOf } from '@florist/core/errors/outageOf';
import { PROBLEMS, type ProblemCode } from '@florist/core/errors/problems';
import { Refusal } from '@florist/core/errors/refusal';
import type { PartJob } from '@florist/storage/queue/payloads';
import type { SumPartJob } from '@florist/storage/queue/sumPayloads';
import type { PartOutcome } from '../aggregation/partOutcome.js';

/** A job for a child process. */
export interface PartRequest {
  id: number;
  job: PartJob | SumPartJob;
}

/** What a child process answers to a request. */
export type PartReply = { id: number } & PartResult;

export type PartResult = { outcome: PartOutcome } | { error: SentError };

/** An error on its way between processes; `code` marks a refusal, or an outage, whose errno does not travel. */
interface SentError {
  message: string;
  stack?: string;
  code?: string;
}

export function sendable(error: unknown): SentError {
  if (!(error instanceof Error)) return { message: String(error) };
  const { message, stack } = error;
  const { code } = error instanceof Refusal ? error : { code: outageOf(error)?.code };
  return {
    message,
    ...(stack === undefined ? {} : { stack }),
    ...(code === undefined ? {} : { code }),
  };
}

/** The error that `sendable` was given, as far as the receiver tells errors apart. */
export function received({ message, stack, code }: SentError): Error {
  const error = code !== undefined && isProblem(code) ? new Refusal(code, message) : new Error(message);
  if (stack !== undefined) error.stack = stack;
  return error;
}

function isProblem(code: string): code is ProblemCode {
  return code in PROBLEMS;
}
