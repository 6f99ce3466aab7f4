// @ts-check

/**
 * Breaks a text into lines between words.
 *
 * @param {string} text
 * @param {number} width in characters; a longer word stands alone
 * @returns {string[]}
 */
export function wrapText(text, width) {
  /** @type {string[]} */
  const lines = [];
  for (const word of text.split(' ')) {
    const longer = `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && longer.length <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
