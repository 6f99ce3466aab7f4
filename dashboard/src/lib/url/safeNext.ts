/** A path of this site to go to after signing in; anything that could lead elsewhere becomes the first page. */
export function safeNext(next: string | undefined): string {
  return next?.startsWith('/') && !/^\/[/\\]/.test(next) && !next.includes('\\') ? next : '/';
}
