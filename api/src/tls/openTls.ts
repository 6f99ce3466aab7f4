import type { ServerOptions as HttpOptions, Server as HttpServer, RequestListener } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { SecureContextOptions } from 'node:tls';
import type { TlsSettings } from '@florist/core/settings/readSettings';
import type { FastifyBaseLogger } from 'fastify';
import { readTlsFiles, type TlsFiles } from './readTlsFiles.js';

/**
 * How often the files are read again, in milliseconds. Reading a few kilobytes costs nothing, and unlike a watch it
 * sees a file that was replaced, a link that now leads elsewhere, and a folder on another machine.
 */
const RELOAD_EVERY_MS = 5_000;

/** How long a connection may take to agree on keys, in milliseconds; Node would wait two minutes. */
const HANDSHAKE_TIMEOUT_MS = 10_000;

const PROTOCOL = { minVersion: 'TLSv1.2' } satisfies SecureContextOptions;

/** Certificates that follow their files, and the servers that present them. */
export interface Tls {
  /** Makes a server that presents the certificate. */
  createServer(options: HttpOptions, listener: RequestListener): HttpServer;
  /** Looks at the files; connections that are open go on as they are. */
  reload(): Promise<void>;
  /** Stops following the files. */
  close(): void;
}

type Logger = Pick<FastifyBaseLogger, 'info' | 'error'>;

/**
 * Reads certificate and key, and from now on takes over what is put in their place. Files that cannot serve leave
 * those before them in use, which is said once for each change.
 * @throws Error with one line when they cannot serve at the start
 */
export async function openTls(paths: TlsSettings, logger: Logger): Promise<Tls> {
  let files = await readTlsFiles(paths);
  let complaint = '';
  const servers = new Set<Server>();

  const take = (next: TlsFiles) => {
    complaint = '';
    if (isSame(next, files)) return;
    files = next;
    for (const server of servers) server.setSecureContext({ ...files, ...PROTOCOL });
    logger.info('took over the new TLS certificate');
  };
  const reload = async () => {
    try {
      take(await readTlsFiles(paths));
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      if (message !== complaint) logger.error(`kept the TLS certificate in use: ${message}`);
      complaint = message;
    }
  };
  const timer = setInterval(() => void reload(), RELOAD_EVERY_MS).unref();

  return {
    createServer: (options, listener) => {
      const server = createServer({ ...options, ...serverOptions(files, paths) }, listener);
      servers.add(server);
      server.once('close', () => servers.delete(server));
      return server;
    },
    reload,
    close: () => clearInterval(timer),
  };
}

/** A certificate is asked for and not insisted on: probes, operators and viewers have none. */
function serverOptions(files: TlsFiles, { clientCa }: TlsSettings) {
  const asking = { requestCert: clientCa !== undefined, rejectUnauthorized: false };
  return { ...files, ...PROTOCOL, ...asking, handshakeTimeout: HANDSHAKE_TIMEOUT_MS };
}

function isSame(one: TlsFiles, other: TlsFiles): boolean {
  return one.cert === other.cert && one.key === other.key && one.ca === other.ca;
}
