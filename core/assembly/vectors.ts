/** Bytes of a float64, and of the two that a v128 holds. */
export const DOUBLE: usize = 8;
export const PAIR: usize = 16;

/** Where element `index` of the vector at `vector` lies. */
export function at(vector: usize, index: i32): usize {
  return vector + <usize>index * DOUBLE;
}

/** Where row `index` of a row-major matrix of `cols` columns begins. */
export function rowAt(matrix: usize, index: i32, cols: i32): usize {
  return matrix + <usize>index * <usize>cols * DOUBLE;
}

/** xᵀy over `length` elements, eight sums at a time: one alone would wait for each addition to finish. */
export function dot(x: usize, y: usize, length: i32): f64 {
  const end = at(x, length);
  let s0 = f64x2.splat(0);
  let s1 = f64x2.splat(0);
  let s2 = f64x2.splat(0);
  let s3 = f64x2.splat(0);
  for (; x + 4 * PAIR <= end; x += 4 * PAIR) {
    s0 = f64x2.add(s0, f64x2.mul(v128.load(x), v128.load(y)));
    s1 = f64x2.add(s1, f64x2.mul(v128.load(x, 16), v128.load(y, 16)));
    s2 = f64x2.add(s2, f64x2.mul(v128.load(x, 32), v128.load(y, 32)));
    s3 = f64x2.add(s3, f64x2.mul(v128.load(x, 48), v128.load(y, 48)));
    y += 4 * PAIR;
  }
  s0 = f64x2.add(f64x2.add(s0, s1), f64x2.add(s2, s3));
  let sum = f64x2.extract_lane(s0, 0) + f64x2.extract_lane(s0, 1);
  for (; x < end; x += DOUBLE) {
    sum += load<f64>(x) * load<f64>(y);
    y += DOUBLE;
  }
  return sum;
}

/** y += factor · x over `length` elements. */
export function addScaled(y: usize, factor: f64, x: usize, length: i32): void {
  const end = at(y, length);
  const both = f64x2.splat(factor);
  for (; y + PAIR <= end; y += PAIR) {
    v128.store(y, f64x2.add(v128.load(y), f64x2.mul(both, v128.load(x))));
    x += PAIR;
  }
  if (y < end) store<f64>(y, load<f64>(y) + factor * load<f64>(x));
}

/** x ← factor · x over `length` elements. */
export function scale(x: usize, factor: f64, length: i32): void {
  const end = at(x, length);
  const both = f64x2.splat(factor);
  for (; x + PAIR <= end; x += PAIR) v128.store(x, f64x2.mul(both, v128.load(x)));
  if (x < end) store<f64>(x, factor * load<f64>(x));
}

/** Exchanges x and y over `length` elements. */
export function swap(x: usize, y: usize, length: i32): void {
  const end = at(x, length);
  for (; x < end; x += DOUBLE) {
    const held = load<f64>(x);
    store<f64>(x, load<f64>(y));
    store<f64>(y, held);
    y += DOUBLE;
  }
}

/** Largest magnitude of `length` elements; NaN where one is NaN. */
export function largest(x: usize, length: i32): f64 {
  const end = at(x, length);
  let most = f64x2.splat(0);
  for (; x + PAIR <= end; x += PAIR) most = f64x2.max(most, f64x2.abs(v128.load(x)));
  const pair = Math.max(f64x2.extract_lane(most, 0), f64x2.extract_lane(most, 1));
  return x < end ? Math.max(pair, Math.abs(load<f64>(x))) : pair;
}
