import type { Multipart } from '@fastify/multipart';
import { Refusal } from '@florist/core/errors/refusal';
import { readAdapter } from '@florist/core/peft/readAdapter';
import { type PeftConfig, readConfig } from '@florist/core/peft/readConfig';
import { decodeUtf8 } from '@florist/core/safetensors/decodeUtf8';
import { NUM_EXAMPLES_MAX } from '@florist/core/schemas/submission';
import { UPLOAD_ID_PATTERN } from '@florist/core/schemas/upload';
import { canonicalJson } from './canonicalJson.js';
import type { IncomingAdapter } from './incomingAdapter.js';
import { CONFIG_BYTES_MAX } from './limits.js';

const FIELDS = ['num_examples', 'config', 'adapter', 'upload'] as const;
const UPLOAD_ID = new RegExp(UPLOAD_ID_PATTERN);
type Field = (typeof FIELDS)[number];

/** A submission form that has arrived whole; the adapter itself, if it was there, went where it was sent. */
export interface SubmissionForm {
  numExamples: number;
  config: PeftConfig;
  /** Canonical JSON of the config as it was sent. */
  configText: string;
  /** The upload in pieces that the adapter has come as. */
  upload?: string | undefined;
}

/**
 * Reads the fields of a submission in whatever order they come. The adapter passes through `adapter` piece by
 * piece; as soon as its header and the config are both there they are checked against each other, so that a
 * mismatch is refused before gigabytes have been sent.
 * @throws Refusal request_invalid, submission_incomplete, examples_invalid, config_*, and the adapter's own
 */
export async function readForm(
  parts: AsyncIterable<Multipart>,
  adapter: IncomingAdapter,
): Promise<SubmissionForm> {
  const seen = new Set<Field>();
  let numExamples: number | undefined;
  let config: Pick<SubmissionForm, 'config' | 'configText'> | undefined;
  let upload: string | undefined;
  for await (const part of parts) {
    const field = recognise(part, seen);
    if (field === 'num_examples') {
      numExamples = readExamples(part);
    } else if (field === 'config') {
      config = await readConfigPart(part);
      checkPair(adapter, config.config);
    } else if (field === 'upload') {
      upload = readUploadId(part);
    } else {
      await passOn(part, adapter, config?.config);
    }
  }
  const hasAdapter = seen.has('adapter') || seen.has('upload');
  if (numExamples === undefined || config === undefined || !hasAdapter) {
    const needed = hasAdapter ? (['num_examples', 'config'] as const) : FIELDS.slice(0, 3);
    const missing = needed.filter((field) => !seen.has(field));
    throw new Refusal(
      'submission_incomplete',
      `The form lacks ${missing.join(' and ')}.`,
      missing.map((field) => ({ field, detail: 'is required' })),
    );
  }
  return { numExamples, ...config, upload };
}

function recognise(part: Multipart, seen: Set<Field>): Field {
  const field = FIELDS.find((name) => name === part.fieldname);
  if (field === undefined) {
    const name = String(part.fieldname ?? '').slice(0, 100);
    throw new Refusal('request_invalid', `The form has a field ${JSON.stringify(name)} that is not known.`, [
      { field: name, detail: `is not one of ${FIELDS.join(', ')}` },
    ]);
  }
  if (seen.has(field)) {
    throw new Refusal('request_invalid', `The form has ${field} twice.`, [
      { field, detail: 'is given twice' },
    ]);
  }
  seen.add(field);
  if (seen.has('adapter') && seen.has('upload')) {
    throw new Refusal('request_invalid', 'The form has both adapter and upload.', [
      { field, detail: 'is one of adapter and upload too many' },
    ]);
  }
  return field;
}

function readUploadId(part: Multipart): string {
  const id = part.type === 'field' ? part.value : undefined;
  if (typeof id !== 'string' || !UPLOAD_ID.test(id)) {
    throw new Refusal('request_invalid', 'upload must be the id of an upload, as a plain field.', [
      { field: 'upload', detail: `must match ${UPLOAD_ID_PATTERN}` },
    ]);
  }
  return id;
}

function readExamples(part: Multipart): number {
  const value = part.type === 'field' ? part.value : undefined;
  const text = typeof value === 'string' ? value.trim() : String(value);
  const count = /^[1-9][0-9]*$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(count)) {
    const detail = `must be a whole number from 1 to ${NUM_EXAMPLES_MAX}`;
    throw new Refusal('examples_invalid', `num_examples ${detail}, as a plain field.`, [
      { field: 'num_examples', detail },
    ]);
  }
  return count;
}

async function readConfigPart(part: Multipart): Promise<Pick<SubmissionForm, 'config' | 'configText'>> {
  const json = part.type === 'file' ? parseConfig(await readText(part.file)) : fieldConfig(part);
  return { configText: canonicalJson(json), config: readConfig(json) };
}

function fieldConfig({ value, valueTruncated }: Multipart & { type: 'field' }): unknown {
  if (valueTruncated) {
    throw configTooLarge();
  }
  return typeof value === 'string' ? parseConfig(value) : value;
}

async function readText(file: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of file) {
    bytes += chunk.byteLength;
    if (bytes > CONFIG_BYTES_MAX) {
      throw configTooLarge();
    }
    chunks.push(chunk);
  }
  return decodeConfig(Buffer.concat(chunks));
}

function decodeConfig(bytes: Uint8Array): string {
  try {
    return decodeUtf8(bytes);
  } catch {
    const detail = 'is not valid UTF-8';
    throw new Refusal('config_invalid', `config ${detail}.`, [{ field: 'config', detail }]);
  }
}

function configTooLarge(): Refusal {
  return new Refusal('config_invalid', `adapter_config.json is larger than ${CONFIG_BYTES_MAX} bytes.`, [
    { field: 'config', detail: `must be at most ${CONFIG_BYTES_MAX} bytes` },
  ]);
}

function parseConfig(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal('config_invalid', 'config is not JSON.', [{ field: 'config', detail: 'is not JSON' }]);
  }
}

async function passOn(
  part: Multipart,
  adapter: IncomingAdapter,
  config: PeftConfig | undefined,
): Promise<void> {
  if (part.type !== 'file') {
    throw new Refusal('request_invalid', 'adapter must be sent as a file.', [
      { field: 'adapter', detail: 'must be a file: -F adapter=@adapter_model.safetensors' },
    ]);
  }
  let paired = config === undefined;
  for await (const chunk of part.file) {
    await adapter.write(chunk);
    if (!paired && adapter.header !== undefined) {
      checkPair(adapter, config);
      paired = true;
    }
  }
}

function checkPair(adapter: IncomingAdapter, config: PeftConfig | undefined): void {
  if (adapter.header !== undefined && config !== undefined) {
    readAdapter(adapter.header, config);
  }
}
