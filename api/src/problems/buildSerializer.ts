import SerializerSelector from '@fastify/fast-json-stringify-compiler';

const compileFor = SerializerSelector();

/** Statuses from here on are problems. */
const PROBLEM_STATUS_MIN = 400;

/** How a schema names another in JSON; no name of ours holds an escape. */
const REFERENCE = /"\$ref":"([^"#]+)#?"/g;

/**
 * Fastify's own serializers for what routes answer with, each given only the named schemas that it reaches, since
 * each would check all that it is given. Problems need none: sendProblem writes them itself. Without both, compiling
 * takes most of the time of a start.
 */
export const buildSerializer: typeof compileFor = (schemas, options) => {
  const named = new Map(Object.entries((schemas ?? {}) as Record<string, object>));
  return (route) => {
    if (Number(route.httpStatus) >= PROBLEM_STATUS_MIN) return JSON.stringify;
    return compileFor(Object.fromEntries(reachableFrom(route.schema, named)), options)(route);
  };
};

/** The named schemas that a schema refers to, directly or through others. */
function reachableFrom(schema: unknown, named: ReadonlyMap<string, object>): Map<string, object> {
  const reached = new Map<string, object>();
  const open: unknown[] = [schema];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const [, name = ''] of JSON.stringify(next).matchAll(REFERENCE)) {
      const found = named.get(name);
      if (found === undefined || reached.has(name)) continue;
      reached.set(name, found);
      open.push(found);
    }
  }
  return reached;
}
