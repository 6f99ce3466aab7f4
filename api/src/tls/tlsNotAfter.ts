import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { TlsSettings } from '@florist/core/settings/readSettings';

/** When the certificate that clients are shown ends: the first of its file. */
export async function tlsNotAfter({ cert }: Pick<TlsSettings, 'cert'>): Promise<Date> {
  return new Date(new X509Certificate(await readFile(cert)).validTo);
}
