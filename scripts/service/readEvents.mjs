// @ts-check

/** @typedef {{ type: string, at: string, round?: number }} StreamedEvent */

/**
 * Reads Server-Sent Events from a response as they arrive. The service sends each as one line of data.
 *
 * @param {import('node:http').IncomingMessage} response
 * @param {(event: StreamedEvent) => void} onEvent
 */
export function readEvents(response, onEvent) {
  let rest = '';
  response.setEncoding('utf8').on('data', (/** @type {string} */ chunk) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line.startsWith('data:')) onEvent(JSON.parse(line.slice(5)));
  });
}
