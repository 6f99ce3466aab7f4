import { readFile } from 'node:fs/promises';
import t from 'tap';
import { renderDocument } from '../../src/openapi/renderDocument.js';
import { startApi } from '../fixtures/startApi.js';

const COMMITTED = new URL('../../../openapi/openapi.json', import.meta.url);

interface Documented {
  operationId: string;
  summary: string;
  description: string;
  tags: string[];
  security: object[];
  responses: Record<string, { content?: Record<string, { schema: { $ref?: string } }> }>;
}

interface Document {
  openapi: string;
  paths: Record<string, Record<string, Documented>>;
}

t.test('the OpenAPI document', async (t) => {
  const api = await startApi(t);
  const document: Document = JSON.parse(JSON.stringify(api.app.swagger()));
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, ...operation })),
  );

  t.test('is committed as it is: run `npm run openapi` and commit openapi/', async (t) => {
    t.equal(renderDocument(api.app), await readFile(COMMITTED, 'utf8'));
  });

  t.test('is what the service shows', async (t) => {
    t.same((await api.call('GET', '/openapi.json', { token: null })).json, document);
    t.equal(document.openapi, '3.1.0');
  });

  t.test('says of every operation what it is for, and by a name of its own', async (t) => {
    for (const { path, method, operationId, summary, description, tags } of operations) {
      t.ok(operationId && summary && description && tags.length === 1, `${method} ${path}`);
    }
    t.equal(new Set(operations.map(({ operationId }) => operationId)).size, operations.length);
  });

  t.test('asks for a bearer token under /v1 and nowhere else', async (t) => {
    for (const { path, security } of operations) {
      t.same(security, path.startsWith('/v1/') ? [{ bearer: [] }] : [], path);
    }
  });

  t.test('types every error as a problem', async (t) => {
    for (const { path, method, responses } of operations) {
      for (const [status, { content }] of Object.entries(responses)) {
        if (Number(status) >= 400) {
          const ref = content?.['application/problem+json']?.schema.$ref;
          t.equal(ref, '#/components/schemas/Problem', `${method} ${path} ${status}`);
        }
      }
    }
  });

  t.test('says of every operation that reads bodies how it refuses them', async (t) => {
    for (const { path, method, responses } of operations) {
      if (['get', 'head'].includes(method)) continue;
      for (const status of ['400', '413', '415']) t.ok(responses[status], `${method} ${path} ${status}`);
    }
  });

  t.test('is shown as pages that need nothing from elsewhere', async (t) => {
    const page = await api.call('GET', '/docs/', { token: null });
    t.equal(page.status, 200);
    t.notMatch(page.text, /(src|href)="https?:/);
    t.equal((await api.call('GET', '/docs/static/swagger-ui-bundle.js', { token: null })).status, 200);
  });
});
