import { PROBLEMS, type ProblemCode } from './problems.js';

/** Points at what was wrong: a tensor of the adapter, or a field of the request or of a config. */
export interface RefusalDetail {
  tensor?: string;
  field?: string;
  detail: string;
}

/**
 * The caller's mistake: permanent, never retried, safe to show. Everything else that is thrown is a fault of
 * the service, which is retried where that can help and never shown.
 */
export class Refusal extends Error {
  readonly code: ProblemCode;
  readonly errors: readonly RefusalDetail[];
  /** When asking again may help, in seconds, where that is known. */
  readonly retryAfterSeconds: number | undefined;

  /** @param detail one sentence that names the cause and, where it helps, what to do */
  constructor(
    code: ProblemCode,
    detail: string,
    errors: readonly RefusalDetail[] = [],
    retryAfterSeconds?: number,
  ) {
    super(detail);
    this.name = 'Refusal';
    this.code = code;
    this.errors = errors;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  get status(): number {
    return PROBLEMS[this.code].status;
  }
}
