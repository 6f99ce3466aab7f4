/** How many times smaller (÷) or larger (×) a quantity is than its baseline: `÷15.9`. */
export function formatRatio(value: number, baseline: number): string | undefined {
  if (!(value > 0) || !(baseline > 0)) {
    return undefined;
  }
  const factor = baseline / value;
  return factor >= 1 ? `÷${short(factor)}` : `×${short(1 / factor)}`;
}

function short(factor: number): string {
  return factor >= 100 ? factor.toFixed(0) : factor >= 10 ? factor.toFixed(1) : factor.toFixed(2);
}
