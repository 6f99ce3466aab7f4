import { isOutageCode, Outage } from '@florist/core/errors/outage';
import { outageOf } from '@florist/core/errors/outageOf';
import { isRefusalCode, Refusal } from '@florist/core/errors/refusal';
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
  const code = error instanceof Refusal ? error.code : outageOf(error)?.code;
  return {
    message,
    ...(stack === undefined ? {} : { stack }),
    ...(code === undefined ? {} : { code }),
  };
}

/** The error that `sendable` was given, as far as the receiver tells errors apart. */
export function received({ message, stack, code }: SentError): Error {
  const error = errorOf(message, code);
  if (stack !== undefined) error.stack = stack;
  return error;
}

function errorOf(message: string, code = ''): Error {
  if (isRefusalCode(code)) return new Refusal(code, message);
  return isOutageCode(code) ? new Outage(code, message) : new Error(message);
}
