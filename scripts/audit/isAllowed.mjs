// @ts-check

/**
 * Whether an SPDX expression can be met with some of the licences. Nesting is not understood, and so not allowed.
 *
 * @param {string} expression
 * @param {readonly string[]} licences
 */
export function isAllowed(expression, licences) {
  const flat = expression.replace(/^\((.*)\)$/, '$1');
  if (/[()]/.test(flat) || flat === '') return false;
  return flat.split(' OR ').some((choice) => choice.split(' AND ').every((each) => licences.includes(each)));
}
