import type { operations } from './schema.js';

/** What a client submits; the files as Blobs, which node:fs `openAsBlob` reads as they are sent. */
export interface SubmissionFiles {
  numExamples: number;
  config: Blob;
  adapter: Blob;
}

type SubmissionBody = operations['submitAdapter']['requestBody']['content']['multipart/form-data'];

/**
 * The `body` and `bodySerializer` of a submission:
 * `client.PUT('/v1/…/submissions/{client}', { params, ...submissionForm(files) })`.
 */
export function submissionForm({ numExamples, config, adapter }: SubmissionFiles) {
  const form = new FormData();
  form.set('num_examples', String(numExamples));
  form.set('config', config, 'adapter_config.json');
  form.set('adapter', adapter, 'adapter_model.safetensors');
  const body: SubmissionBody = { num_examples: numExamples, config: '', adapter: '' };
  return { body, bodySerializer: () => form };
}
