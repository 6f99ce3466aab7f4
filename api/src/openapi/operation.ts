import type { ProblemCode } from '@florist/core/errors/problems';
import type { TSchema } from 'typebox';
import type { Access } from '../auth/checkAccess.js';
import type { Tag } from './tags.js';

/** The parts of a request that are validated. */
export interface RequestSchemas {
  params?: TSchema;
  querystring?: TSchema;
  body?: TSchema;
}

/** What a route is, for the router, for validation and for the OpenAPI document. */
export interface Operation<R extends RequestSchemas> {
  access: Access;
  id: string;
  tag: Tag;
  summary: string;
  description: string;
  request: R;
  /** Schemas by status; a `description` belongs to each. */
  success: Record<number, object>;
  /** Refusals beyond those that every route of this access can give. */
  problems?: readonly ProblemCode[];
  /** For the document alone: a body that the handler reads itself. */
  documentedBody?: { mediaType: string; schema: object };
  /** The request may come without its body, which then counts as an empty object. */
  optionalBody?: boolean;
  /** A token that is limited to federations may call it, though it is about all: the handler shows only those. */
  narrows?: boolean;
  /** false: the audit trail leaves it out. */
  audited?: boolean;
  /** For the document alone: headers that the handler reads itself. */
  documentedHeaders?: object;
}

/** Turns the description of a route into the options Fastify takes; what holds for all is added as they are declared. */
export function operation<const R extends RequestSchemas>(described: Operation<R>) {
  const { access, id, tag, summary, description, request, success } = described;
  const { documentedBody, documentedHeaders, optionalBody = false, narrows, audited } = described;
  const problems = codesOf(described);
  return {
    config: { access, problems, documentedBody, documentedHeaders, optionalBody, narrows, audited },
    schema: {
      ...request,
      operationId: id,
      tags: [tag],
      summary,
      description,
      security: access === 'public' ? [] : [{ bearer: [] }],
      response: success,
    },
  };
}

/** How every route can refuse that is not public. */
const GUARDED: readonly ProblemCode[] = [
  'request_invalid',
  'token_missing',
  'token_invalid',
  'certificate_required',
  'role_insufficient',
];

/** And any: a connection may ask for too much at a time, an instance be overloaded or about to stop. */
const ALWAYS: readonly ProblemCode[] = ['too_many_requests', 'service_unavailable', 'internal'];

function codesOf({ access, problems = [] }: Operation<RequestSchemas>): ProblemCode[] {
  const guarded = access === 'public' ? [] : GUARDED;
  return [...new Set([...guarded, ...problems, ...ALWAYS])];
}
