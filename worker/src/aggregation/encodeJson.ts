/** A value as the content of a JSON file. */
export function encodeJson(value: object): Uint8Array {
  return Buffer.from(JSON.stringify(value));
}
