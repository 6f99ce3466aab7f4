/** Who is asking. */
export type Principal =
  | { role: 'operator' }
  | { role: 'viewer' }
  | { role: 'client'; federation: string; client: string };
