import { toProblem } from './toProblem.ts';

export interface FieldErrors {
  /** What the api says of a field, by its JSON pointer. */
  of: (pointer: string) => string | undefined;
  /** Whether something is said that no field of the form shows. */
  elsewhere: boolean;
}

/** The api's own words about each field of a form. */
export function fieldErrors(thrown: unknown, shown: readonly string[]): FieldErrors {
  const errors = thrown === undefined ? [] : (toProblem(thrown).errors ?? []);
  const byField = new Map(errors.map(({ field = '', detail }) => [field, detail]));
  return {
    of: (pointer) => byField.get(pointer),
    elsewhere:
      thrown !== undefined &&
      (errors.length === 0 || [...byField.keys()].some((field) => !shown.includes(field))),
  };
}
