import { isAddressRange } from './isAddressRange.js';
import { isUrl } from './isUrl.js';

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export const EXECUTION_PROVIDERS = ['auto', 'cuda', 'cpu'] as const;
export type ExecutionProvider = (typeof EXECUTION_PROVIDERS)[number];

export const WEBHOOK_PRIVATE = ['refuse', 'allow'] as const;
export type WebhookPrivate = (typeof WEBHOOK_PRIVATE)[number];

const PORT_MAX = 65_535;
/** Children of one worker process; more than any machine has cores for would only queue in memory. */
const WORKER_CONCURRENCY_MAX = 256;

/** PEM files for TLS. */
export interface TlsSettings {
  /** The certificate, and those between it and its CA. */
  cert: string;
  key: string;
  /** CAs of clients' certificates; with it a client's token is good only beside a certificate of that client. */
  clientCa?: string;
}

/** Each upload under way has a connection, a file and some buffers. */
const UPLOADS_MAX = 1_024;
/** As many as a disk writes side by side without much loss. */
const UPLOADS_DEFAULT = 32;

/** What the environment says about how to run. */
export interface Settings {
  host: string;
  /** 0 asks the system for a free port. */
  port: number;
  /** Unset: the api speaks plain HTTP. */
  tls?: TlsSettings;
  /** Addresses and CIDR ranges of proxies whose `X-Forwarded-*` headers are believed. */
  trustProxy: string[];
  dashboardPort: number;
  /** Unset: `npm start` runs a redis-server of its own. */
  redisUrl?: string;
  dataDir: string;
  /** `file:` URL of a folder; a relative path counts from the working directory. */
  blobUrl: string;
  operatorToken?: string;
  viewerToken?: string;
  executionProvider: ExecutionProvider;
  /** Without a slash at its end. */
  apiUrl: string;
  keyPrefix: string;
  logLevel: LogLevel;
  /** Unset: the worker chooses. */
  workerConcurrency?: number;
  /** Whether webhooks may go to private addresses, and over plain http. */
  webhookPrivate: WebhookPrivate;
  /** Uploads that one api receives at a time. */
  uploadsMax: number;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The service's settings, checked. An empty variable counts as unset.
 * @throws Error with one line that names the variable; a value that may hold a secret is never repeated in it
 */
export function readSettings(env: Environment): Settings {
  const host = text(env, 'HOST', /^[^\s/]+$/, 'a host name or an IP address') ?? '127.0.0.1';
  const port = whole(env, 'PORT', 0, PORT_MAX) ?? 8080;
  const dataDir = given(env, 'FLORIST_DATA_DIR') ?? '.florist';
  const operatorToken = token(env, 'FLORIST_OPERATOR_TOKEN');
  const viewerToken = token(env, 'FLORIST_VIEWER_TOKEN');
  const tls = tlsFiles(env);
  if (viewerToken !== undefined && viewerToken === operatorToken) {
    throw new Error('FLORIST_VIEWER_TOKEN must differ from FLORIST_OPERATOR_TOKEN');
  }
  return {
    host,
    port,
    tls,
    trustProxy: addressRanges(env, 'FLORIST_TRUST_PROXY'),
    dashboardPort: whole(env, 'DASHBOARD_PORT', 0, PORT_MAX) ?? 3000,
    redisUrl: redisUrl(env),
    dataDir,
    blobUrl: blobUrl(env) ?? fileUrl(dataDir),
    operatorToken,
    viewerToken,
    executionProvider: oneOf(env, 'FLORIST_EXECUTION_PROVIDER', EXECUTION_PROVIDERS) ?? 'auto',
    apiUrl: apiUrl(env) ?? defaultApiUrl(tls === undefined ? 'http' : 'https', host, port),
    keyPrefix: keyPrefix(env) ?? 'florist',
    logLevel: oneOf(env, 'LOG_LEVEL', LOG_LEVELS) ?? 'info',
    webhookPrivate: oneOf(env, 'FLORIST_WEBHOOK_PRIVATE', WEBHOOK_PRIVATE) ?? 'refuse',
    workerConcurrency: whole(env, 'FLORIST_WORKER_CONCURRENCY', 1, WORKER_CONCURRENCY_MAX),
    uploadsMax: whole(env, 'FLORIST_UPLOADS_MAX', 1, UPLOADS_MAX) ?? UPLOADS_DEFAULT,
  };
}

function given(env: Environment, name: string): string | undefined {
  const value = env[name];
  return value === undefined || value === '' ? undefined : value;
}

function wrong(name: string, wanted: string, value: string): Error {
  return new Error(`${name} must be ${wanted}, got ${JSON.stringify(value)}`);
}

function text(env: Environment, name: string, pattern: RegExp, wanted: string): string | undefined {
  const value = given(env, name);
  if (value !== undefined && !pattern.test(value)) throw wrong(name, wanted, value);
  return value;
}

function secret(env: Environment, name: string, pattern: RegExp, wanted: string): string | undefined {
  const value = given(env, name);
  if (value !== undefined && !pattern.test(value)) throw new Error(`${name} must be ${wanted}`);
  return value;
}

function token(env: Environment, name: string): string | undefined {
  return secret(env, name, /^[\x21-\x7e]+$/, 'printable ASCII characters without spaces');
}

function whole(env: Environment, name: string, minimum: number, maximum: number): number | undefined {
  const value = given(env, name);
  if (value === undefined) return undefined;
  const number = /^[0-9]{1,9}$/.test(value) ? Number(value) : -1;
  if (number < minimum || number > maximum) {
    throw wrong(name, `a whole number from ${minimum} to ${maximum}`, value);
  }
  return number;
}

function oneOf<T extends string>(env: Environment, name: string, choices: readonly T[]): T | undefined {
  const value = given(env, name);
  if (value === undefined) return undefined;
  const choice = choices.find((candidate) => candidate === value);
  if (choice === undefined) throw wrong(name, `one of ${choices.join(', ')}`, value);
  return choice;
}

function redisUrl(env: Environment): string | undefined {
  const wanted = 'a redis:// or rediss:// URL';
  const url = secret(env, 'REDIS_URL', /^rediss?:\/\/[^\s/]\S*$/i, wanted);
  if (url !== undefined && !isUrl(url)) throw new Error(`REDIS_URL must be ${wanted}`);
  return url;
}

function blobUrl(env: Environment): string | undefined {
  const wanted = 'a file: URL of a folder, which several machines may share over a network file system';
  return text(env, 'FLORIST_BLOB_URL', /^file:[^\s?#]+$/, wanted);
}

function apiUrl(env: Environment): string | undefined {
  const wanted = 'an http:// or https:// URL';
  const url = text(env, 'FLORIST_API_URL', /^https?:\/\/[^\s/?#]+[^\s?#]*$/i, wanted);
  if (url !== undefined && !isUrl(url)) throw wrong('FLORIST_API_URL', wanted, url);
  return url?.replace(/\/+$/, '');
}

/** Braces would move Redis's hash tag, which the ledger puts around the federation. */
function keyPrefix(env: Environment): string | undefined {
  const wanted = '1 to 64 letters, digits or any of : . _ -';
  return text(env, 'FLORIST_KEY_PREFIX', /^[A-Za-z0-9:._-]{1,64}$/, wanted);
}

function fileUrl(dataDir: string): string {
  const path = dataDir
    .replace(/\/+$/, '')
    .split('/')
    .map((segment) => encodeURIComponent(segment))
    .join('/');
  return `file:${path}/blobs`;
}

/** A certificate without its key is of no use, and clients' certificates are asked for over TLS alone. */
function tlsFiles(env: Environment): TlsSettings | undefined {
  const cert = given(env, 'FLORIST_TLS_CERT');
  const key = given(env, 'FLORIST_TLS_KEY');
  const clientCa = given(env, 'FLORIST_TLS_CLIENT_CA');
  if ((cert === undefined) !== (key === undefined)) {
    throw new Error('FLORIST_TLS_CERT and FLORIST_TLS_KEY must be set together');
  }
  if (cert !== undefined && key !== undefined) return { cert, key, ...(clientCa && { clientCa }) };
  if (clientCa !== undefined) {
    throw new Error('FLORIST_TLS_CLIENT_CA needs FLORIST_TLS_CERT and FLORIST_TLS_KEY');
  }
  return undefined;
}

function addressRanges(env: Environment, name: string): string[] {
  const ranges =
    given(env, name)
      ?.split(',')
      .map((range) => range.trim()) ?? [];
  const bad = ranges.find((range) => !isAddressRange(range));
  if (bad !== undefined) {
    throw wrong(name, 'addresses or CIDR ranges with commas between, none of them of all addresses', bad);
  }
  return ranges;
}

/** Nobody can connect to "every address", so those hosts are reached over loopback. */
function defaultApiUrl(scheme: 'http' | 'https', host: string, port: number): string {
  if (host === '0.0.0.0') return `${scheme}://127.0.0.1:${port}`;
  if (host === '::') return `${scheme}://[::1]:${port}`;
  return `${scheme}://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
