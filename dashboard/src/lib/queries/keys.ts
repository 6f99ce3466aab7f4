/** Names of what is cached in the page; live events make the ones they concern stale. */
export const keys = {
  system: ['system'] as const,
  tokens: ['tokens'] as const,
  audit: (filter: Readonly<Record<string, string>>) => ['audit', filter] as const,
  federations: ['federations'] as const,
  savings: (federation: string) => ['savings', federation] as const,
  federation: (federation: string) => ['federation', federation] as const,
  rounds: (federation: string) => ['rounds', federation] as const,
  trend: (federation: string) => ['trend', federation] as const,
  matrix: (federation: string) => ['matrix', federation] as const,
  clients: (federation: string) => ['clients', federation] as const,
  round: (federation: string, round: number) => ['round', federation, round] as const,
  submissions: (federation: string, round: number) => ['submissions', federation, round] as const,
  awaited: (federation: string, round: number) => ['awaited', federation, round] as const,
  adapters: (federation: string, round: number) => ['adapters', federation, round] as const,
  comparison: (federation: string, round: number) => ['comparison', federation, round] as const,
  similarity: (federation: string, round: number) => ['similarity', federation, round] as const,
};
