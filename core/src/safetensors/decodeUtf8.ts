// The language library of this package has no DOM, yet every runtime it meets has this class.
declare const TextDecoder: new (
  label: string,
  options: { fatal: boolean; ignoreBOM: boolean },
) => { decode(bytes: Uint8Array): string };

/**
 * Decodes UTF-8 strictly; a byte order mark stays in the text.
 * @throws {TypeError} if the bytes are not valid UTF-8
 */
export function decodeUtf8(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
}
