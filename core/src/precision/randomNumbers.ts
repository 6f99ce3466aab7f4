/** A repeatable source of normally distributed numbers: Box and Muller's, from a linear congruential generator. */
export function normalNumbers(seed: number): () => number {
  let state = Math.imul(seed, 2654435761) >>> 0;
  const uniform = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state + 0.5) / 2 ** 32;
  };
  for (let i = 0; i < 8; i++) uniform();
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}

/** `count` random orthonormal vectors of that length, as rows: Gram and Schmidt's, twice for the last digits. */
export function orthonormalRows(count: number, length: number, next: () => number): Float64Array[] {
  const rows: Float64Array[] = [];
  while (rows.length < count) {
    const row = Float64Array.from({ length }, next);
    for (const other of [...rows, ...rows]) {
      const share = inner(row, other);
      for (let t = 0; t < length; t++) row[t] -= share * other[t];
    }
    const size = Math.sqrt(inner(row, row));
    rows.push(row.map((value) => value / size));
  }
  return rows;
}

function inner(x: Float64Array, y: Float64Array): number {
  let sum = 0;
  for (let t = 0; t < x.length; t++) sum += x[t] * y[t];
  return sum;
}
