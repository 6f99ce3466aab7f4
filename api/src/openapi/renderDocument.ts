import type { App } from '../routes/routes.js';

/** The OpenAPI document as the text of openapi.json; the same routes give the same text. */
export function renderDocument(app: App): string {
  return `${JSON.stringify(app.swagger(), null, 2)}\n`;
}
