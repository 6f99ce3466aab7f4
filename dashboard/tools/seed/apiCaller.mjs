// @ts-check

/**
 * @typedef {object} ApiCaller
 * @property {(method: string, path: string, body?: unknown, token?: string) => Promise<any>} call the parsed answer
 * @property {(path: string, token: string, files: SubmissionFiles) => Promise<any>} submit the receipt
 */

/**
 * @typedef {object} SubmissionFiles
 * @property {number} examples
 * @property {string | Uint8Array} config
 * @property {Uint8Array} adapter
 */

/**
 * Calls the api as an operator would from a shell.
 * @param {string} apiUrl
 * @param {string} operatorToken
 * @returns {ApiCaller}
 */
export function apiCaller(apiUrl, operatorToken) {
  /** @param {Response} response */
  const read = async (response) => {
    const text = await response.text();
    if (!response.ok) {
      throw new Error(`${response.url} answered ${response.status}: ${text}`);
    }
    return text === '' ? undefined : JSON.parse(text);
  };
  return {
    call: async (method, path, body, token = operatorToken) =>
      read(
        await fetch(`${apiUrl}${path}`, {
          method,
          headers: {
            authorization: `Bearer ${token}`,
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        }),
      ),
    submit: async (path, token, { examples, config, adapter }) => {
      const form = new FormData();
      form.set('num_examples', String(examples));
      form.set('config', new Blob([/** @type {BlobPart} */ (config)]), 'adapter_config.json');
      form.set('adapter', new Blob([/** @type {BlobPart} */ (adapter)]), 'adapter_model.safetensors');
      return read(
        await fetch(`${apiUrl}${path}`, {
          method: 'PUT',
          headers: { authorization: `Bearer ${token}` },
          body: form,
        }),
      );
    },
  };
}
