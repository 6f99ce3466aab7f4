import type { Ledger } from './openLedger.js';

/** What time it is to the scripts of a ledger, in milliseconds since 1970; replicas whose clocks differ agree on it. */
export async function timeMs({ redis, givenClock }: Ledger): Promise<number> {
  if (givenClock !== undefined) return givenClock().getTime();
  const [seconds, micros] = await redis.time();
  return Number(seconds) * 1000 + Math.floor(Number(micros) / 1000);
}
