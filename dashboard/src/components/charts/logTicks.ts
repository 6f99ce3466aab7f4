/** Ticks of a logarithmic axis that can be told apart on a narrow chart. */
const TICKS_MAX = 4;

/** Ever fewer round numbers in each power of ten. */
const STEPS = [[1, 2, 5], [1, 3], [1]] as const;

/** Round numbers between two ends, as many as there is room for. */
export function logTicks(min: number, max: number): number[] {
  const from = Math.floor(Math.log10(min));
  const powers = Array.from({ length: Math.ceil(Math.log10(max)) - from + 1 }, (_, at) => 10 ** (from + at));
  const tried = STEPS.map((steps) =>
    powers.flatMap((power) => steps.map((step) => step * power)).filter((tick) => tick >= min && tick <= max),
  );
  return tried.find(({ length }) => length <= TICKS_MAX) ?? tried.at(-1) ?? [];
}
