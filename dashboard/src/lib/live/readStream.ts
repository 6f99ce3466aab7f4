import { createParser } from 'eventsource-parser';
import { ApiProblem } from '../api/ApiProblem.ts';
import { isProblem } from '../api/isProblem.ts';
import { makeProblem } from '../api/toProblem.ts';

/** The api beats at least this often on a quiet stream; longer silence means a dead connection. */
const SILENCE_MS = 60_000;

export interface StreamMessage {
  id: string | undefined;
  name: string | undefined;
  data: string;
}

interface StreamHandlers {
  onOpen: () => void;
  onMessage: (message: StreamMessage) => void;
}

/**
 * Reads Server-Sent Events until the stream ends, falls silent or is aborted. Unlike EventSource it tells why a
 * stream was refused, and notices a connection that died without a word.
 * @throws ApiProblem when the stream is refused
 */
export async function readStream(
  path: string,
  lastEventId: string | undefined,
  signal: AbortSignal,
  { onOpen, onMessage }: StreamHandlers,
): Promise<void> {
  const silence = new AbortController();
  const response = await fetch(path, {
    headers: {
      accept: 'text/event-stream',
      ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
    },
    signal: AbortSignal.any([signal, silence.signal]),
  });
  if (!response.ok || response.body === null) {
    const body: unknown = await response.json().catch(() => undefined);
    throw new ApiProblem(
      isProblem(body) ? body : makeProblem(response.status, 'unexpected', 'Unexpected answer', 'No stream.'),
    );
  }
  onOpen();
  const parser = createParser({
    onEvent: ({ id, event, data }) => onMessage({ id, name: event, data }),
  });
  const decoder = new TextDecoder();
  const reader = response.body.getReader();
  let timer = setTimeout(() => silence.abort(), SILENCE_MS);
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        return;
      }
      clearTimeout(timer);
      timer = setTimeout(() => silence.abort(), SILENCE_MS);
      parser.feed(decoder.decode(value, { stream: true }));
    }
  } finally {
    clearTimeout(timer);
  }
}
