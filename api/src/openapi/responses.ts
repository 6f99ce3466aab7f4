import type { TSchema } from 'typebox';

/** A JSON response, described for this route. */
export function json(schema: TSchema, description: string, headers?: Record<string, object>): object {
  return { description, content: { 'application/json': { schema } }, ...(headers && { headers }) };
}

/** A response whose body is not JSON, which the handler writes itself. */
export function raw(mediaType: string, description: string, headers?: Record<string, object>): object {
  const schema = mediaType.startsWith('text/') ? { type: 'string' } : { type: 'string', format: 'binary' };
  return { description, content: { [mediaType]: { schema } }, ...(headers && { headers }) };
}

/** A stream of Server-Sent Events, each with `schema` as its data; OpenAPI 3.1 describes a stream by one event. */
export function events(schema: TSchema, description: string): object {
  const event = {
    type: 'object',
    required: ['event', 'data'],
    properties: {
      id: { type: 'string', description: 'Where to resume: `Last-Event-ID`.' },
      event: { type: 'string', description: 'The type that `data` has as well.' },
      data: { type: 'string', contentMediaType: 'application/json', contentSchema: schema },
    },
  };
  return { description, content: { 'text/event-stream': { schema: event } } };
}

/** A response without a body. */
export function empty(description: string, headers?: Record<string, object>): object {
  return { type: 'null', description, ...(headers && { headers }) };
}
