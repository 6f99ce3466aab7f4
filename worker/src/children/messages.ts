import { PROBLEMS, type ProblemCode } from '@florist/core/errors/problems';
import { Refusal } from '@florist/core/errors/refusal';
import type { PartOutcome } from '../aggregation/partOutcome.js';

/** What a child process answers to a job. */
export type PartReply = { outcome: PartOutcome } | { error: SentError };

/** An error on its way between processes; `code` marks a refusal. */
interface SentError {
  message: string;
  stack?: string;
  code?: string;
}

export function sendable(error: unknown): SentError {
  if (!(error instanceof Error)) return { message: String(error) };
  const { message, stack } = error;
  return {
    message,
    ...(stack === undefined ? {} : { stack }),
    ...(error instanceof Refusal ? { code: error.code } : {}),
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
