import { PROBLEMS, type ProblemCode } from './problems.js';

/** Points at what was wrong: a tensor of the adapter, or a field of the request or of a config. */
export interface ProblemDetail {
  tensor?: string;
  field?: string;
  detail: string;
}

/** An error whose cause may be shown, as a problem of its own. Everything else that is thrown is never shown. */
export class ProblemError<Code extends ProblemCode = ProblemCode> extends Error {
  readonly code: Code;
  readonly errors: readonly ProblemDetail[];
  /** When asking again may help, in seconds, where that is known. */
  readonly retryAfterSeconds: number | undefined;

  /** @param detail one sentence that names the cause and, where it helps, what to do */
  constructor(code: Code, detail: string, errors: readonly ProblemDetail[] = [], retryAfterSeconds?: number) {
    super(detail);
    this.name = new.target.name;
    this.code = code;
    this.errors = errors;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  get status(): number {
    return PROBLEMS[this.code].status;
  }
}
