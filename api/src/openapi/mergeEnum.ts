/**
 * Writes a union of constants as the one `enum` that readers and code generators expect; TypeBox has a member
 * for each constant. A reviver for JSON.parse; whatever else comes by stays as it is.
 */
export function mergeEnum(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('anyOf' in value) || !Array.isArray(value.anyOf)) {
    return value;
  }
  const { anyOf, ...rest } = value;
  return anyOf.every(isConstant)
    ? { type: 'string', enum: anyOf.flatMap((member) => member.enum), ...rest }
    : value;
}

function isConstant(member: unknown): member is { type: 'string'; enum: string[] } {
  const keys = typeof member === 'object' && member !== null ? Object.keys(member) : [];
  return keys.length === 2 && keys.includes('enum') && keys.includes('type');
}
