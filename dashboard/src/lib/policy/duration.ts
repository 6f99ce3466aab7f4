import { typed } from './typed.ts';

export const TIME_UNITS = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 } as const;
export type TimeUnit = keyof typeof TIME_UNITS;

/** A time as it is typed. */
export interface Duration {
  /** Empty for none. */
  amount: string;
  unit: TimeUnit;
}

/** Seconds in the largest unit that holds them whole; none in the unit that is likely to be wanted. */
export function durationOf(seconds: number | undefined, likely: TimeUnit): Duration {
  if (seconds === undefined || seconds === 0) {
    return { amount: seconds === undefined ? '' : '0', unit: likely };
  }
  const unit = (['days', 'hours', 'minutes'] as const).find((each) => seconds % TIME_UNITS[each] === 0);
  return { amount: String(seconds / TIME_UNITS[unit ?? 'seconds']), unit: unit ?? 'seconds' };
}

export function toSeconds({ amount, unit }: Duration): number {
  return typed(amount, TIME_UNITS[unit]);
}

/** The same of a time that may be left empty. */
export function toSecondsOrNull(duration: Duration): number | null {
  return duration.amount === '' ? null : toSeconds(duration);
}
