/** Whatever begins as Florist's own tokens do and is as long as they are. */
const TOKEN = /florist_[\w.-]{43,}/g;

/** Text from outside without any token that Florist made, such as a path that somebody pasted one into. */
export function maskTokens(text: string): string {
  return text.replace(TOKEN, 'florist_[redacted]');
}
