import { toProblem } from './toProblem.ts';

export interface FieldErrors {
  /** What the api says of a field, by its JSON pointer. */
  of: (pointer: string) => string | undefined;
  /** Whether something is said that no field of the form shows. */
  elsewhere: boolean;
}

/** How the api says that a name must be a slug. */
const SLUG = 'must match pattern "^[a-z0-9][a-z0-9-]{0,62}$"';

/** The api's own words about each field of a form, but for a regular expression, which is no words. */
export function fieldErrors(thrown: unknown, shown: readonly string[]): FieldErrors {
  const errors = thrown === undefined ? [] : (toProblem(thrown).errors ?? []);
  const byField = new Map(errors.map(({ field = '', detail }) => [field, inWords(detail)]));
  return {
    of: (pointer) => byField.get(pointer),
    elsewhere:
      thrown !== undefined &&
      (errors.length === 0 || [...byField.keys()].some((field) => !shown.includes(field))),
  };
}

function inWords(detail: string): string {
  return detail.replace(
    SLUG,
    'must be 1 to 63 small letters, digits and hyphens, not beginning with a hyphen',
  );
}
