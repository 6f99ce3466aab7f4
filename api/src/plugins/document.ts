import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { ProblemCode } from '@florist/core/errors/problems';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { mergeEnum } from '../openapi/mergeEnum.js';
import { DOCS_PREFIX } from '../openapi/paths.js';
import { problemExamples } from '../openapi/problemExamples.js';
import { TAGS } from '../openapi/tags.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** A body that the handler reads itself, for the OpenAPI document. */
    documentedBody?: { mediaType: string; schema: object } | undefined;
    /** Headers that the handler reads itself, for the OpenAPI document. */
    documentedHeaders?: object | undefined;
    /** Every problem that the route can answer with, for the OpenAPI document. */
    problems?: readonly ProblemCode[];
  }
}

const DESCRIPTION = `Florist aggregates LoRA adapters of federated fine-tuning: clients upload what PEFT's
\`save_pretrained\` wrote, the service publishes one small adapter that is their example-weighted mean.

Errors are \`application/problem+json\` (RFC 9457) with a stable \`code\`. Lists take \`limit\` and \`cursor\`.
Every operation under \`/v1\` needs a bearer token: an operator may do everything, a viewer may read, a client may
read its own federation, ask what to do, report and submit as itself, and download and evaluate adapters.`.replaceAll(
  '\n',
  ' ',
);

/** Writes the OpenAPI document from the routes and shows it as pages. */
export const document = fp(
  async (app: FastifyInstance) => {
    const codes = new Set<ProblemCode>();
    const bodiless = new Set<string>();
    app.addHook('onRoute', ({ config, schema }) => {
      if (config?.optionalBody && schema?.operationId !== undefined) {
        bodiless.add(schema.operationId);
      }
      for (const code of config?.problems ?? []) {
        codes.add(code);
      }
    });
    await app.register(swagger, {
      openapi: {
        openapi: '3.1.0',
        info: {
          title: 'Florist',
          version: '1.0.0',
          description: DESCRIPTION,
          license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
        },
        servers: [{ url: '/', description: 'This service.' }],
        tags: [...TAGS],
        components: {
          securitySchemes: {
            bearer: {
              type: 'http',
              scheme: 'bearer',
              description: 'Token of an operator, a viewer or a client.',
            },
          },
        },
      },
      refResolver: {
        buildLocalReference: (schema, _base, _fragment, index) =>
          typeof schema.$id === 'string' ? schema.$id : `def-${index}`,
      },
      transformObject: (result) => {
        const written = JSON.stringify(
          'openapiObject' in result ? result.openapiObject : result.swaggerObject,
        );
        const openapi = JSON.parse(written, mergeEnum);
        allowNoBody(openapi.paths, bodiless);
        openapi.components.examples = problemExamples([...codes].sort());
        return openapi;
      },
      transform: ({ schema, url, route }) => ({ schema: withDocumentedParts(schema, route.config), url }),
    });
    await app.register(swaggerUi, { routePrefix: DOCS_PREFIX, staticCSP: false });
  },
  { name: 'document' },
);

interface DocumentedOperation {
  operationId: string;
  requestBody?: { required: boolean };
}

/** @fastify/swagger requires every body there is a schema for. */
function allowNoBody(
  paths: Record<string, Record<string, DocumentedOperation>>,
  bodiless: ReadonlySet<string>,
): void {
  for (const { operationId, requestBody } of Object.values(paths).flatMap((path) => Object.values(path))) {
    if (requestBody !== undefined && bodiless.has(operationId)) {
      requestBody.required = false;
    }
  }
}

interface DocumentedParts {
  documentedBody?: { mediaType: string; schema: object } | undefined;
  documentedHeaders?: object | undefined;
}

function withDocumentedParts<S extends object>(schema: S, config: DocumentedParts | undefined): S {
  const { documentedBody, documentedHeaders } = config ?? {};
  return {
    ...schema,
    ...(documentedBody && { body: documentedBody.schema, consumes: [documentedBody.mediaType] }),
    ...(documentedHeaders && { headers: documentedHeaders }),
  };
}
