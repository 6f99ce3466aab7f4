import { PROBLEMS, type ProblemCode } from '@florist/core/errors/problems';
import { Problem } from '@florist/core/schemas/problem';
import type { TSchema } from 'typebox';
import type { Access } from '../auth/checkAccess.js';
import { PROBLEM_TYPE } from '../problems/toProblem.js';
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

/** Turns the description of a route into the options Fastify takes. */
export function operation<const R extends RequestSchemas>(described: Operation<R>) {
  const { access, id, tag, summary, description, request, success } = described;
  const { documentedBody, documentedHeaders, optionalBody = false, narrows, audited } = described;
  const codes = codesOf(described);
  return {
    config: { access, problems: codes, documentedBody, documentedHeaders, optionalBody, narrows, audited },
    schema: {
      ...request,
      operationId: id,
      tags: [tag],
      summary,
      description,
      security: access === 'public' ? [] : [{ bearer: [] }],
      response: { ...success, ...problemResponses(codes) },
    },
  };
}

/** How every route can refuse that is not public. */
const GUARDED: readonly ProblemCode[] = [
  'token_missing',
  'token_invalid',
  'certificate_required',
  'role_insufficient',
  'too_many_requests',
];

function codesOf({ access, request, problems = [] }: Operation<RequestSchemas>): ProblemCode[] {
  const takesInput = Object.keys(request).length > 0;
  const guarded = access === 'public' ? [] : GUARDED;
  const input: ProblemCode[] = takesInput ? ['request_invalid'] : [];
  const body: ProblemCode[] = request.body ? ['request_too_large', 'media_type_unsupported'] : [];
  // any instance may be overloaded, or about to stop
  const always: ProblemCode[] = ['service_unavailable', 'internal'];
  return [...new Set([...input, ...guarded, ...body, ...problems, ...always])];
}

/** One response per status, which names every code it can carry and shows the first. */
function problemResponses(codes: readonly ProblemCode[]): Record<number, object> {
  const byStatus: Record<number, ProblemCode[]> = {};
  for (const code of codes) {
    const { status } = PROBLEMS[code];
    byStatus[status] = [...(byStatus[status] ?? []), code];
  }
  return Object.fromEntries(
    Object.entries(byStatus).map(([status, group]) => [
      status,
      {
        description: group.map((code) => `\`${code}\`: ${PROBLEMS[code].title}.`).join(' '),
        content: { [PROBLEM_TYPE]: { schema: Problem.ref, examples: examplesOf(group) } },
      },
    ]),
  );
}

/** Points at the document's shared examples. */
function examplesOf(codes: readonly ProblemCode[]): Record<string, object> {
  return Object.fromEntries(codes.map((code) => [code, { $ref: `#/components/examples/${code}` }]));
}
