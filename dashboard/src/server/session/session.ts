export const ROLES = ['operator', 'viewer'] as const;
export type Role = (typeof ROLES)[number];

/** What a token lets its bearer do. */
export interface Rights {
  role: Role;
  /** Whether it is for some federations only. */
  limited: boolean;
}

/** Who uses the dashboard. The token stays on this server and in its httpOnly cookie. */
export interface Session extends Rights {
  token: string;
}
