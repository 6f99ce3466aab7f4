/** Rounding may carry a cosine past one; an update of zero has none. Divided twice, since x · y may overflow. */
export function cosine(product: number, x: number, y: number): number {
  return x > 0 && y > 0 ? Math.max(-1, Math.min(1, product / x / y)) : 0;
}
