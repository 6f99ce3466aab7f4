/** Entries within this share of the largest count as largest too, so that rounding does not choose the sign. */
const SIGN_TIE = 1e-6;

/** The sign that makes the largest of `length` entries from `start` on positive. */
export function signOf(values: Float64Array, start: number, length: number): 1 | -1 {
  let largest = 0;
  for (let t = start; t < start + length; t++) largest = Math.max(largest, Math.abs(values[t]));
  for (let t = start; t < start + length; t++) {
    if (Math.abs(values[t]) >= largest * (1 - SIGN_TIE)) return values[t] < 0 ? -1 : 1;
  }
  return 1;
}
