import type { paths } from '@florist/openapi/schema';

type Verb = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Paths of the api's document that offer a verb. */
type PathsWith<V extends Verb> = {
  [P in keyof paths]: paths[P] extends { [K in Lowercase<V>]: NonNullable<unknown> } ? P : never;
}[keyof paths];

const ROUND = '/v1/federations/{federation}/rounds/{round}';

/**
 * All that browser code may ask of the api through the dashboard. The compiler checks each against the api's
 * document. Submitting is not among them: that is for clients, with their own tokens.
 */
const ALLOWED: { [V in Verb]: readonly PathsWith<V>[] } = {
  GET: [
    '/v1/federations',
    '/v1/federations/{federation}',
    '/v1/federations/{federation}/clients',
    '/v1/federations/{federation}/rounds',
    ROUND,
    `${ROUND}/submissions`,
    `${ROUND}/participants`,
    `${ROUND}/adapters`,
    `${ROUND}/spectrum`,
    `${ROUND}/comparison`,
    `${ROUND}/adapter/adapter_model.safetensors`,
    `${ROUND}/adapter/adapter_config.json`,
    '/v1/system',
    '/v1/tokens',
    '/v1/audit',
  ],
  POST: [
    '/v1/federations',
    '/v1/federations/{federation}/rounds',
    '/v1/federations/{federation}/clients/{client}/token',
    `${ROUND}/close`,
    `${ROUND}/cancel`,
    `${ROUND}/retry`,
    `${ROUND}/adapters`,
    `${ROUND}/adapters/{adapter}/promote`,
    '/v1/tokens',
    '/v1/tokens/{token}/rotate',
  ],
  PUT: ['/v1/federations/{federation}/clients/{client}'],
  PATCH: ['/v1/federations/{federation}'],
  DELETE: [
    '/v1/federations/{federation}',
    '/v1/federations/{federation}/clients/{client}',
    `${ROUND}/submissions/{client}`,
    '/v1/tokens/{token}',
  ],
};

/** A segment that a placeholder stands for. The path is already normalised, so none of them can lead elsewhere. */
const SEGMENT = '[^/]+';

const PATTERNS = new Map(
  Object.entries(ALLOWED).map(([verb, templates]) => [
    verb,
    templates.map(
      (template: string) =>
        new RegExp(`^${template.replaceAll('.', '\\.').replaceAll(/\{[a-z]+\}/g, SEGMENT)}$`),
    ),
  ]),
);

/** Whether the browser may ask for this. */
export function isAllowed(verb: string, path: string): boolean {
  return PATTERNS.get(verb)?.some((pattern) => pattern.test(path)) ?? false;
}
