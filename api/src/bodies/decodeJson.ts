import { Refusal } from '@florist/core/errors/refusal';
import { decodeUtf8 } from '@florist/core/safetensors/decodeUtf8';

/** RFC 8259, section 8.1: JSON between systems is UTF-8. Some clients say so, though the type has no such parameter. */
const CHARSET = /;\s*charset\s*=\s*"?([^\s";]*)/i;

/**
 * The text of a JSON body. What is not UTF-8 is refused: it would be stored as something else than was sent.
 * @throws Refusal media_type_unsupported, request_invalid
 */
export function decodeJson(bytes: Uint8Array, contentType = ''): string {
  const charset = CHARSET.exec(contentType)?.[1];
  if (charset !== undefined && !/^utf-?8$/i.test(charset)) {
    throw new Refusal('media_type_unsupported', 'JSON is taken in UTF-8 alone.');
  }
  try {
    return decodeUtf8(bytes);
  } catch {
    throw new Refusal('request_invalid', 'The body is not valid UTF-8.');
  }
}
