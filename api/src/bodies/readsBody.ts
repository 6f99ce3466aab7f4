const BODILESS = new Set(['GET', 'HEAD']);

/** Whether a request of a method has its body read, even where the operation takes none. */
export function readsBody(method: string): boolean {
  return !BODILESS.has(method);
}
