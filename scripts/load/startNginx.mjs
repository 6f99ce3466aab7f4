// @ts-check
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ensureSystem } from '../install/ensureSystem.mjs';
import { tryPort } from '../processes/tryPort.mjs';
import { Complaint } from '../terminal/complaint.mjs';

/** How long it may take to listen, in milliseconds, and how often to look. */
const START_MS = 10_000;
const LOOK_MS = 50;

/** @typedef {{ url: string, files: string, pid: number, stop: () => Promise<void> }} Nginx files: where it puts them */

/**
 * nginx as a WebDAV server in a folder of its own, on loopback: what a plain receiver of files costs.
 *
 * @param {string} parent in which to make its folder
 * @returns {Promise<Nginx>}
 * @throws {Complaint} when there is none, or it does not start
 */
export async function startNginx(parent) {
  const program = await ensureSystem('nginx');
  const folder = await mkdtemp(join(parent, 'nginx-'));
  const files = join(folder, 'files');
  await mkdir(files);
  const port = await tryPort('127.0.0.1', 0);
  await writeFile(join(folder, 'nginx.conf'), configOf(folder, port));
  const child = spawn(
    program,
    ['-p', folder, '-e', join(folder, 'error.log'), '-c', join(folder, 'nginx.conf')],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  const ended = once(child, 'exit');
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  const url = `http://127.0.0.1:${port}`;
  const until = performance.now() + START_MS;
  while (!(await fetch(url).catch(() => undefined))) {
    if (child.exitCode !== null || performance.now() > until) throw new Complaint('nginx does not start.');
    await sleep(LOOK_MS);
  }
  return { url, files, pid: child.pid ?? 0, stop };
}

/**
 * @param {string} folder
 * @param {number} port
 */
function configOf(folder, port) {
  const asRoot = process.getuid?.() === 0 ? 'user root;' : '';
  const temporary = ['proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (kind) => `${kind}_temp_path ${folder}/${kind};`,
  );
  return `
${asRoot}
daemon off;
pid ${folder}/nginx.pid;
error_log ${folder}/error.log;
worker_processes ${availableParallelism()};
events { worker_connections 8192; }
http {
  access_log off;
  client_body_temp_path ${folder}/bodies;
  ${temporary.join('\n  ')}
  client_max_body_size 0;
  server {
    listen 127.0.0.1:${port} backlog=4096;
    root ${folder}/files;
    location / { dav_methods PUT; create_full_put_path on; }
  }
}
`;
}
