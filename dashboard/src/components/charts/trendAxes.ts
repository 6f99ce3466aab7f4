/** How far around a lone share its axis reaches, and to which part its ends are rounded. */
const AROUND = 0.05;
const PART = 10;

/** The least difference that a share of one decimal of a percent shows. */
export const SHARE_STEP = 0.001;

/** The least difference that formatSeconds shows along an axis that ends at `largest`. */
export function secondsStep(largest: number): number {
  return largest < 0.1 ? 0.001 : largest < 10 ? 0.1 : 1;
}

/** Ends of the axis of rounds: a lone round stands in the middle. */
export function roundAxis(rounds: readonly number[]) {
  const first = rounds[0] ?? 0;
  const last = rounds.at(-1) ?? first;
  const alone = first === last;
  return {
    min: alone ? first - 1 : first,
    max: alone ? last + 1 : last,
    minInterval: 1,
    label: (round: number) => (alone && round !== first ? '' : String(round)),
  };
}

/** Ends of the axis of a share that never passes one, and none where the axis finds them well itself. */
export function shareAxis(values: readonly number[]): { min?: number; max?: number; interval?: number } {
  const least = Math.min(...values);
  const most = Math.max(...values);
  if (least === most) {
    const min = Math.max(0, Math.floor((least - AROUND) * PART) / PART);
    const max = Math.min(1, Math.ceil((most + AROUND) * PART) / PART);
    // the axis finds an interval of its own that need not end at max, where two labels then meet
    return { min, max, interval: (max - min) / 2 };
  }
  return most + (most - least) > 1 ? { max: 1 } : {};
}
