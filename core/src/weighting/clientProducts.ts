/**
 * ⟨ΔW_i, ΔW_j⟩ over a whole adapter. Of a symmetric matrix half is enough: the packed lower triangle, row by row.
 * Where only norms are wanted, the diagonal alone.
 */
export interface ClientProducts {
  readonly clients: number;
  readonly kind: ProductKind;
  readonly values: Float64Array;
}

export type ProductKind = 'triangle' | 'diagonal';

export function productsLength(kind: ProductKind, clients: number): number {
  return kind === 'diagonal' ? clients : (clients * (clients + 1)) / 2;
}

/** @throws Error when there are more or fewer values than the clients have products */
export function clientProducts(
  kind: ProductKind,
  clients: number,
  values = new Float64Array(productsLength(kind, clients)),
): ClientProducts {
  if (values.length !== productsLength(kind, clients)) {
    throw new Error(`${values.length} values are no ${kind} of ${clients} clients`);
  }
  return { kind, clients, values };
}

/** Where ⟨ΔW_i, ΔW_j⟩ lies among the values. @throws Error off the diagonal when that is all there is */
export function productIndex({ kind }: Pick<ClientProducts, 'kind'>, i: number, j: number): number {
  if (kind === 'triangle') return i >= j ? (i * (i + 1)) / 2 + j : (j * (j + 1)) / 2 + i;
  if (i !== j) throw new Error('only norms are known');
  return i;
}

/** All of them, K × K row-major. */
export function squareOf(products: ClientProducts): number[] {
  const { clients } = products;
  return Array.from({ length: clients ** 2 }, (_, at) =>
    productOf(products, Math.floor(at / clients), at % clients),
  );
}

/** ⟨ΔW_i, ΔW_j⟩. */
export function productOf(products: ClientProducts, i: number, j: number): number {
  return products.values[productIndex(products, i, j)];
}

/** Writes ⟨ΔW_i, ΔW_j⟩ of all j into `row`: much faster than one by one where all are wanted. */
export function productRow({ kind, clients, values }: ClientProducts, i: number, row: Float64Array): void {
  if (kind !== 'triangle') throw new Error('only norms are known');
  const first = (i * (i + 1)) / 2;
  for (let j = 0; j <= i; j++) row[j] = values[first + j];
  for (let j = i + 1, at = first + 2 * i + 1; j < clients; at += ++j) row[j] = values[at];
}
