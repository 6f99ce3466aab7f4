// @ts-check
import { readFile } from 'node:fs/promises';
import t from 'tap';
import { parse } from 'yaml';
import { inRoot } from '../processes/root.mjs';

/**
 * @typedef {object} Service
 * @property {string} [user]
 * @property {boolean} read_only
 * @property {string[]} tmpfs
 * @property {string[]} cap_drop
 * @property {string[]} [cap_add]
 * @property {boolean} [privileged]
 * @property {string[]} security_opt
 * @property {unknown} mem_limit
 * @property {unknown} cpus
 * @property {number} pids_limit
 * @property {string[]} networks
 * @property {string[]} [ports]
 * @property {string[]} [volumes]
 * @property {Record<string, string>} [environment]
 * @property {{ target: string }} [build]
 * @property {object} [healthcheck]
 * @property {string[]} [profiles]
 * @property {string} [restart]
 */

/** @type {{ services: Record<string, Service>, networks: Record<string, { internal?: boolean } | null>, volumes: object }} */
const { services, networks, volumes } = parse(await readFile(inRoot('docker-compose.yml'), 'utf8'), {
  merge: true,
});
/** What all programs that share the stores have to agree on. */
const SHARED = ['REDIS_URL', 'FLORIST_DATA_DIR', 'FLORIST_KEY_PREFIX', 'FLORIST_WEBHOOK_PRIVATE'];
const stages = readStages(await readFile(inRoot('Dockerfile'), 'utf8'));

/**
 * @param {string} text of a Dockerfile
 * @returns {Map<string, { from: string, lines: string[] }>} by name of the stage
 */
function readStages(text) {
  const found = new Map();
  let lines = /** @type {string[]} */ ([]);
  for (const line of text.replaceAll(/\\\n/g, ' ').split('\n')) {
    const [, from, name] = /^FROM (\S+) AS (\S+)$/.exec(line) ?? [];
    if (name !== undefined) {
      lines = [];
      found.set(name, { from, lines });
    } else lines.push(line.trim());
  }
  return found;
}

/**
 * The last instruction of a kind, in a stage or in those that it is made from.
 *
 * @param {string} stage
 * @param {string} kind
 * @returns {string | undefined} what follows the kind
 */
function instruction(stage, kind) {
  const found = stages.get(stage);
  if (found === undefined) return undefined;
  const own = found.lines.findLast((line) => line.startsWith(`${kind} `));
  return own?.slice(kind.length + 1) ?? instruction(found.from, kind);
}

for (const [name, service] of Object.entries(services)) {
  const stage = service.build?.target;

  t.test(`${name} can change nothing but its volumes and a little memory`, async (t) => {
    t.equal(service.read_only, true);
    for (const mount of service.tmpfs) t.match(mount, /^\/\S+:size=\d+m,noexec,nosuid,nodev/);
    for (const volume of service.volumes ?? []) {
      const [source = ''] = volume.split(':');
      t.ok(source in volumes, `${volume} is no folder of the host`);
    }
  });

  t.test(`${name} runs as nobody special and can become nobody else`, async (t) => {
    const user = service.user ?? (stage && instruction(stage, 'USER'));
    t.match(user, /^(node|redis)$/);
    t.strictSame(service.cap_drop, ['ALL']);
    t.strictSame(service.security_opt, ['no-new-privileges:true']);
    t.strictSame([service.cap_add, service.privileged], [undefined, undefined]);
  });

  t.test(`${name} is held to limits and looked after`, async (t) => {
    t.match(String(service.mem_limit), /^(\$\{\w+:-)?\d+g\}?$/);
    t.match(String(service.cpus), /^(\$\{\w+:-)?\d+\}?$/);
    t.ok(service.pids_limit > 0);
    t.ok(service.healthcheck ?? (stage && instruction(stage, 'HEALTHCHECK')));
  });

  t.test(`${name} is reached from this machine alone`, async (t) => {
    for (const port of service.ports ?? []) t.match(port, /^127\.0\.0\.1:/);
  });
}

t.test('only those who need Redis are on its network, and it leads nowhere else', async (t) => {
  const near = Object.entries(services).filter(([, service]) => service.networks.includes('ledger'));
  t.strictSame(near.map(([name]) => name).sort(), ['api', 'redis', 'tools', 'worker', 'worker-gpu']);
  t.equal(networks.ledger?.internal, true);
  t.strictSame(services.redis?.networks, ['ledger']);
});

t.test('the dashboard is given no token', async (t) => {
  t.strictSame(Object.keys(services.dashboard?.environment ?? {}), [
    'FLORIST_API_URL',
    'FLORIST_PUBLIC_API_URL',
  ]);
});

t.test('what a tool needs is in its image, and it starts with nothing else', async (t) => {
  t.match(services.tools, { profiles: ['tools'], restart: 'no', volumes: services.api?.volumes });
  t.match(stages.get('tools')?.lines, ['COPY package.json ./', 'COPY scripts scripts']);
});

t.test('a Redis that answers with an error is not well', async (t) => {
  t.match(services.redis?.healthcheck, { test: ['CMD', 'redis-cli', '-e', 'ping'] });
});

t.test('settings of the environment reach whom they are for', async (t) => {
  const names = (/** @type {string} */ service) => Object.keys(services[service]?.environment ?? {});
  for (const service of ['api', 'worker', 'worker-gpu', 'tools']) {
    for (const name of SHARED) {
      t.equal(
        services[service]?.environment?.[name],
        services.api?.environment?.[name],
        `${service}: ${name}`,
      );
    }
  }
  const own = ['FLORIST_OPERATOR_TOKEN', 'FLORIST_VIEWER_TOKEN', 'FLORIST_UPLOADS_MAX', 'FLORIST_TLS_CERT'];
  for (const name of own) {
    t.ok(names('api').includes(name), name);
    t.notOk(names('worker').includes(name), name);
  }
  t.ok(names('worker').includes('FLORIST_WORKER_CONCURRENCY'));
});

t.test('images install what the lock file names, without scripts, and hold no secret', async (t) => {
  for (const [name, { lines }] of stages) {
    for (const line of lines) {
      t.notMatch(line, /npm (i|install)\b/, name);
      t.notMatch(line, /^(ARG|ENV) .*(TOKEN|PASSWORD|SECRET)/i, name);
      t.notMatch(line, /^ADD /, name);
    }
  }
  t.match(await readFile(inRoot('.npmrc'), 'utf8'), /^ignore-scripts=true$/m);
  t.match(stages.get('manifests')?.lines.join('\n'), /^COPY .*\.npmrc/m);
});
