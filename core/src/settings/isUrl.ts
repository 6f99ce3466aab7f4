// The language library of this package has no DOM, yet every runtime it meets has this class.
declare const URL: { canParse(text: string): boolean };

/** Whether a text is an absolute URL whose every part is one, such as a port that there is. */
export function isUrl(text: string): boolean {
  return URL.canParse(text);
}
