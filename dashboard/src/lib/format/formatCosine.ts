/** A cosine to two digits, with a minus as long as its plus: `−0.41`. */
export function formatCosine(cosine: number): string {
  return cosine.toFixed(2).replace('-', '−');
}
