// @ts-check

/**
 * @typedef {object} Operation what of the document decides how an operation is called
 * @property {string} id
 * @property {string} method in lower case
 * @property {boolean} streams whether it answers with a stream of events
 * @property {boolean} waits whether it can be asked to wait
 * @property {boolean} forClients whether it refuses operators
 */

/** Names that fit every parameter, and name nothing. */
const NOWHERE = { round: '1', adapter: 'a1', webhook: 'wh-0000000000000000' };

/**
 * The operations of the service's document. Which of them are for clients alone it does not say, so they are tried
 * where there is nothing to change: access is decided first.
 *
 * @param {string} url of the service
 * @param {string} token of the operator
 * @returns {Promise<Operation[]>}
 */
export async function probeAccess(url, token) {
  const response = await fetch(`${url}/openapi.json`);
  const { paths } = /** @type {{ paths: Record<string, Record<string, any>> }} */ (await response.json());
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, documented]) => ({ path, method, documented })),
  );
  return Promise.all(
    operations.map(async ({ path, method, documented }) => ({
      id: documented.operationId,
      method,
      streams: 'text/event-stream' in (documented.responses[200]?.content ?? {}),
      waits: (documented.parameters ?? []).some(
        (/** @type {{ name: string }} */ { name }) => name === 'waitSeconds',
      ),
      forClients: path.includes('{federation}') && (await refusesOperator(url, path, method, token)),
    })),
  );
}

/**
 * @param {string} url
 * @param {string} path
 * @param {string} method
 * @param {string} token
 */
async function refusesOperator(url, path, method, token) {
  const named = path.replaceAll(/\{(\w+)\}/g, (_, name) => Reflect.get(NOWHERE, name) ?? 'nowhere');
  const headers = { authorization: `Bearer ${token}` };
  const response = await fetch(`${url}${named}`, { method: method.toUpperCase(), headers });
  await response.body?.cancel();
  return response.status === 403;
}
