import type { ModuleInput } from './moduleReport.js';

/**
 * Checks that every client's factors fit the module and that its numbers are usable. Submissions were checked
 * when they came, so whatever is wrong here is a fault.
 *
 * @throws Error naming the module and the client's position
 */
export function assertModule({ name, shape, clients }: ModuleInput): void {
  const [m, n] = shape;
  if (clients.length === 0) throw new Error(`${name}: no client has this module`);
  for (const [k, { rank, weight, scale, a, b }] of clients.entries()) {
    const fits =
      Number.isInteger(rank) &&
      rank > 0 &&
      b.rows === m &&
      b.cols === rank &&
      a.rows === rank &&
      a.cols === n;
    if (!fits) {
      throw new Error(
        `${name}: B ${b.rows} × ${b.cols} and A ${a.rows} × ${a.cols} of client ${k} do not fit`,
      );
    }
    if (!(Number.isFinite(scale) && Number.isFinite(weight) && weight >= 0)) {
      throw new Error(`${name}: client ${k} has scale ${scale} and weight ${weight}`);
    }
  }
}
