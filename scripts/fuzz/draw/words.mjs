// @ts-check
import fc from 'fast-check';

/** Characters of every kind: of syntax, of one to four bytes in UTF-8, controls, and halves of surrogate pairs. */
const CHARACTERS = [
  ...'abcABC019_-. /\\\'"{}[]():;,=*+?|^$&%#@!~`<>',
  ...['\u0000', '\u0001', '\t', '\n', '\r', '\u001f', '\u007f', '\u0080', '\u00a0', 'é', 'ß', '٤', '\u2028'],
  ...['\u202e', '€', '漢', '\ufeff', '\ufffd', '\uffff', '💐', '\u{10ffff}', '\ud800', '\udfff'],
];

/** @param {number} maxLength in characters */
export const drawWord = (maxLength) =>
  fc.array(fc.constantFrom(...CHARACTERS), { maxLength }).map((characters) => characters.join(''));
