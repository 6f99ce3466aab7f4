export const ROLES = ['operator', 'viewer'] as const;
export type Role = (typeof ROLES)[number];

/** Who uses the dashboard. The token stays on this server and in its httpOnly cookie. */
export interface Session {
  role: Role;
  token: string;
}
