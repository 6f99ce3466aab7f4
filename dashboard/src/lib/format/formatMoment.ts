/** A moment to the second in the reader's time zone, or in UTC where that is not known yet. */
export function formatMoment(moment: Date, timeZone?: string): string {
  const text = new Intl.DateTimeFormat('sv-SE', {
    dateStyle: 'short',
    timeStyle: 'medium',
    ...(timeZone === undefined ? {} : { timeZone }),
  }).format(moment);
  return timeZone === 'UTC' ? `${text} UTC` : text;
}
