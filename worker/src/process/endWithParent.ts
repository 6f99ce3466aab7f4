/**
 * Ends this child process as soon as its parent is gone: it has nobody to report to, and what it was asked to
 * do is done by others. A parent may have gone while the child was still loading, unheard. The exit code is not
 * 0, which would tell a parent that listens after all that the work was done.
 */
export function endWithParent(): void {
  if (!process.connected) process.exit(1);
  process.on('disconnect', () => process.exit(1));
}
