/**
 * Whether an `If-None-Match` header holds `tag`, by the weak comparison that RFC 9110 section 13.1.2 asks for.
 * @param tag a strong entity tag with its quotes
 */
export function matchesTag(header: string | undefined, tag: string): boolean {
  if (header === undefined) {
    return false;
  }
  const tags = header.split(',').map((item) => item.trim().replace(/^W\//, ''));
  return tags.includes(tag) || tags.includes('*');
}
