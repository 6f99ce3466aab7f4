// @ts-check
import { Complaint } from '../terminal/complaint.mjs';

/**
 * @typedef {object} Api requests to the service with one bearer token
 * @property {(method: string, path: string, body?: unknown) => Promise<any>} json the answer's JSON
 * @property {(path: string) => Promise<Buffer>} bytes the answer's body
 * @property {(method: string, path: string, form: FormData) => Promise<any>} form the answer's JSON
 * @property {(path: string) => Promise<boolean>} has whether a GET finds something
 */

/**
 * @param {string} url of the service
 * @param {string} token
 * @returns {Api}
 */
export function openApi(url, token) {
  const authorization = `Bearer ${token}`;
  /**
   * @param {string} method
   * @param {string} path
   * @param {RequestInit} [more]
   */
  const send = async (method, path, more = {}) => {
    const headers = { authorization, ...more.headers };
    const response = await fetch(`${url}${path}`, { ...more, method, headers });
    if (!response.ok) throw new Complaint(await explain(method, path, response));
    return response;
  };
  return {
    json: async (method, path, body) => {
      const headers = { 'content-type': 'application/json' };
      const response = await send(
        method,
        path,
        body === undefined ? {} : { body: JSON.stringify(body), headers },
      );
      return response.json();
    },
    bytes: async (path) => Buffer.from(await (await send('GET', path)).arrayBuffer()),
    form: async (method, path, form) => (await send(method, path, { body: form })).json(),
    has: async (path) => (await fetch(`${url}${path}`, { headers: { authorization } })).ok,
  };
}

/**
 * @param {string} method
 * @param {string} path
 * @param {Response} response
 */
async function explain(method, path, response) {
  const text = await response.text();
  try {
    const { code, detail } = JSON.parse(text);
    return `${method} ${path} was refused: ${detail} (${code})`;
  } catch {
    return `${method} ${path} was answered with ${response.status}: ${text.slice(0, 200)}`;
  }
}
