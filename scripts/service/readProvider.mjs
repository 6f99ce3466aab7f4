// @ts-check

/**
 * What a worker says at its start of what it computes with.
 *
 * @param {string} line of its log
 * @returns {string} empty when the line is about something else
 */
export function readProvider(line) {
  if (!line.includes('"provider"')) return '';
  try {
    const { provider, reason } = JSON.parse(line);
    return typeof provider === 'string' ? [provider, reason].filter(Boolean).join(': ') : '';
  } catch {
    return '';
  }
}
