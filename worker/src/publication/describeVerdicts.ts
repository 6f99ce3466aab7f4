import type { Verdict, Verdicts, Weights } from '@florist/core/schemas/weighting';

/** Clients that an event names; more would bury the reader, and the weights have them all. */
const CLIENTS_NAMED = 20;

/** How many clients were kept, clipped and dropped, and a sentence that names the latter. */
export function describeVerdicts({ clients }: Weights): { verdicts: Verdicts; detail: string } {
  const count = (verdict: Verdict) => clients.filter((client) => client.verdict === verdict).length;
  const verdicts = { kept: count('kept'), clipped: count('clipped'), dropped: count('dropped') };
  const told = clients.filter(({ verdict }) => verdict !== 'kept');
  // those that were dropped first
  told.sort((x, y) => Number(y.verdict === 'dropped') - Number(x.verdict === 'dropped'));
  const named = told
    .slice(0, CLIENTS_NAMED)
    .map(({ client, verdict, reason }) => `${client} ${verdict}: ${reason}`);
  const more = told.length > named.length ? [`and ${told.length - named.length} more.`] : [];
  const sentences = [...named, ...more];
  return { verdicts, detail: sentences.length > 0 ? sentences.join(' ') : 'All clients were kept.' };
}
