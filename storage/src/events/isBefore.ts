/** Whether an event's id comes before another's; the second half of each is 0 unless it is there. */
export function isBefore(id: string, other: string): boolean {
  const [time, sequence] = parts(id);
  const [otherTime, otherSequence] = parts(other);
  return time < otherTime || (time === otherTime && sequence < otherSequence);
}

function parts(id: string): [time: bigint, sequence: bigint] {
  const [time = '0', sequence = '0'] = id.split('-');
  return [BigInt(time), BigInt(sequence)];
}
