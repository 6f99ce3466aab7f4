import type { StreamedEvent } from '@florist/storage/events/readEvents';

/** One event as a Server-Sent Event; JSON holds no line breaks, so one data line is enough. */
export function formatEvent({ id, event }: StreamedEvent): string {
  return `id: ${id}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
}
