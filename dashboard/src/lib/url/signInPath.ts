/** Why a session ended: its token is refused, or its cookie is gone. */
export const END_REASONS = ['token', 'session'] as const;
export type EndReason = (typeof END_REASONS)[number];

/** The sign-in page, which leads back to where the reader was, and says why it is asked for where it knows. */
export function signInPath(back: string, reason?: EndReason): string {
  const query = new URLSearchParams({
    ...(reason !== undefined && { reason }),
    ...(back !== '/' && { next: back }),
  }).toString();
  return query === '' ? '/sign-in' : `/sign-in?${query}`;
}
