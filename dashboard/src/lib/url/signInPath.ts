/** The sign-in page, which leads back to where the reader was. */
export function signInPath(back: string): string {
  return back === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(back)}`;
}
