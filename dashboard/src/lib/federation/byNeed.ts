import type { Federation } from '../api/types.ts';

/** Those whose latest round failed first, since only they wait for a person; then by name, as the api lists them. */
export function byNeed(federations: readonly Federation[]): readonly string[] {
  const names = (failed: boolean) =>
    federations
      .filter(({ latestRound }) => (latestRound?.state === 'failed') === failed)
      .map(({ name }) => name);
  return [...names(true), ...names(false)];
}

/** The same federations in an order decided before; those that are new since come last. */
export function inOrder(federations: readonly Federation[], order: readonly string[]): Federation[] {
  const place = new Map(order.map((name, index) => [name, index]));
  const placeOf = ({ name }: Federation) => place.get(name) ?? order.length;
  return federations.toSorted((a, b) => placeOf(a) - placeOf(b));
}
