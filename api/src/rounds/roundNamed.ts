/** The round that a URL names, as the ledger takes it: its number or `latest`. */
export function roundNamed(round: string): number | 'latest' {
  return round === 'latest' ? round : Number(round);
}
