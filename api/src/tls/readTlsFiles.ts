import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';
import type { TlsSettings } from '@florist/core/settings/readSettings';

/** What a TLS server needs, in PEM. */
export interface TlsFiles {
  cert: string;
  key: string;
  /** CAs of clients' certificates. */
  ca?: string;
}

/** Which setting names which file. */
const NAMES = {
  cert: 'FLORIST_TLS_CERT',
  key: 'FLORIST_TLS_KEY',
  clientCa: 'FLORIST_TLS_CLIENT_CA',
} as const;

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/**
 * Reads the files of the settings and makes sure that they can serve together.
 * @throws Error with one line that names the setting and what is wrong, never anything of the key
 */
export async function readTlsFiles(paths: TlsSettings): Promise<TlsFiles> {
  const [cert, key, ca] = await Promise.all([
    readCertificates(NAMES.cert, paths.cert),
    readPem(NAMES.key, paths.key),
    paths.clientCa === undefined ? undefined : readCertificates(NAMES.clientCa, paths.clientCa),
  ]);
  try {
    createSecureContext({ cert, key });
  } catch (error) {
    throw new Error(`${NAMES.cert} and ${NAMES.key} do not serve together: ${reasonOf(error)}`);
  }
  return { cert, key, ...(ca !== undefined && { ca }) };
}

/** Node passes silently over what is no certificate, and would then trust nobody or serve nothing. */
async function readCertificates(name: string, path: string): Promise<string> {
  const pem = await readPem(name, path);
  const found = pem.match(CERTIFICATE) ?? [];
  if (found.length === 0) {
    throw new Error(`${name}: ${path} holds no certificate in PEM`);
  }
  try {
    for (const each of found) {
      new X509Certificate(each);
    }
  } catch (error) {
    throw new Error(`${name}: ${path} holds a broken certificate: ${reasonOf(error)}`);
  }
  return pem;
}

async function readPem(name: string, path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new Error(`${name}: ${path} cannot be read: ${reasonOf(error)}`);
  }
}

/** Messages of OpenSSL name the routine before the reason; errno codes say enough. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) {
    return 'unknown';
  }
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
}
