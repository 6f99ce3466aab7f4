/** What the products run on. */
export type Provider = 'cpu' | 'cuda';
