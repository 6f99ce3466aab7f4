// @ts-check

/**
 * Puts figures into a document between the two comments that name their place.
 *
 * @param {string} text
 * @param {string} name
 * @param {string} figures
 * @returns {string}
 * @throws {Error} when the document has no such place
 */
export function replaceBetween(text, name, figures) {
  const [open, close] = [`<!-- figures: ${name} -->`, `<!-- end: ${name} -->`];
  const [begin, end] = [text.indexOf(open), text.indexOf(close)];
  if (begin < 0 || end < begin) throw new Error(`the document has no place for the figures of ${name}`);
  return `${text.slice(0, begin + open.length)}\n\n${figures}\n\n${text.slice(end)}`;
}
