/** Whether a config's value switches nothing on: absent, null, false, zero, or empty. */
export function isUnset(value: unknown): boolean {
  if (!value) return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}
