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
  /** For the document alone: headers that the handler reads itself. */
  documentedHeaders?: object;
}

/** Turns the description of a route into the options Fastify takes. */
export function operation<const R extends RequestSchemas>(described: Operation<R>) {
  const { access, id, tag, summary, description, request, success, documentedBody, documentedHeaders } =
    described;
  const codes = codesOf(described);
  return {
    config: { access, problems: codes, documentedBody, documentedHeaders },
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

function codesOf({ access, request, problems = [] }: Operation<RequestSchemas>): ProblemCode[] {
  const takesInput = Object.keys(request).length > 0;
  const guarded: ProblemCode[] =
    access === 'public' ? [] : ['token_missing', 'token_invalid', 'role_insufficient', 'service_unavailable'];
  const input: ProblemCode[] = takesInput ? ['request_invalid'] : [];
  const body: ProblemCode[] = request.body ? ['request_too_large', 'media_type_unsupported'] : [];
  return [...new Set([...input, ...guarded, ...body, ...problems, 'internal' as const])];
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
