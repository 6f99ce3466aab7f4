import { Gauge, type Registry } from 'prom-client';
import type { Services } from '../services.js';
import { type Survey, surveySystem } from './surveySystem.js';

interface Series {
  name: string;
  help: string;
  labelNames?: string[];
  /** Values by their labels; none while what they are about does not answer. */
  read(survey: Survey): { labels?: Record<string, string>; value: number }[];
}

const one = (value: number | boolean | undefined) => (value === undefined ? [] : [{ value: Number(value) }]);

const SERIES: Series[] = [
  {
    name: 'florist_jobs',
    labelNames: ['queue', 'state'],
    help: 'Jobs by queue and state. Failed ones are kept for a day, to be looked at.',
    read: ({ ledger }) =>
      (ledger?.jobs ?? []).flatMap(({ name: queue, waiting, active, delayed, waitingForParts, failed }) =>
        Object.entries({ waiting, active, delayed, 'waiting-children': waitingForParts, failed }).map(
          ([state, value]) => ({ labels: { queue, state }, value }),
        ),
      ),
  },
  {
    name: 'florist_rounds',
    labelNames: ['state'],
    help: 'Federations by the state of their latest round.',
    read: ({ ledger }) => (ledger?.rounds ?? []).map(([state, value]) => ({ labels: { state }, value })),
  },
  {
    name: 'florist_workers',
    help: 'Workers that are alive. Without any, closed rounds wait.',
    read: ({ ledger }) => one(ledger?.workers.length),
  },
  {
    name: 'florist_reconciler_findings',
    help: 'What is amiss between ledger and blobs and cannot be mended; GET /v1/system names it.',
    read: ({ ledger }) => one(ledger?.findings.length),
  },
  {
    name: 'florist_redis_up',
    help: 'Whether Redis answers within a second. What the ledger tells is missing while it does not.',
    read: ({ ledger }) => one(ledger !== undefined),
  },
  {
    name: 'florist_redis_aof_ok',
    help: 'Whether Redis writes every change to its append-only file, and the latest write went well.',
    read: ({ ledger }) => one(ledger?.redis.appendOnly && ledger.redis.lastWrite === 'ok'),
  },
  {
    name: 'florist_redis_used_bytes',
    help: 'What Redis holds in memory.',
    read: ({ ledger }) => one(ledger?.redis.usedMemoryBytes),
  },
  {
    name: 'florist_redis_max_bytes',
    help: 'Where Redis refuses to grow; missing when it has no limit.',
    read: ({ ledger }) => one(ledger?.redis.maxMemoryBytes),
  },
  {
    name: 'florist_blobs_writable',
    help: 'Whether a blob could be written just now, within a second.',
    read: ({ blobs }) => one(blobs?.writable ?? false),
  },
  {
    name: 'florist_blob_free_bytes',
    help: 'What may still be written to the disk of the blobs; missing where the store knows no bound.',
    read: ({ blobs }) => one(blobs?.freeBytes),
  },
  {
    name: 'florist_tls_not_after_seconds',
    help: "When the api's certificate ends, in seconds since 1970; missing without TLS.",
    read: ({ notAfter }) => one(notAfter && notAfter.getTime() / 1_000),
  },
];

/** Measures what the service stands on, once for all series of a scrape; of names nothing becomes a label. */
export function watchSystem(
  services: Pick<Services, 'settings' | 'queues' | 'ledger' | 'blobs'>,
  registry: Registry,
): void {
  let underWay: Promise<Survey> | undefined;
  const survey = () => {
    underWay ??= surveySystem(services).finally(() => {
      underWay = undefined;
    });
    return underWay;
  };
  for (const { name, help, labelNames = [], read } of SERIES) {
    const gauge = new Gauge({
      name,
      help,
      labelNames,
      registers: [registry],
      async collect() {
        const samples = read(await survey());
        // reset() makes the value of a gauge without labels 0, which is not the same as having none
        if (labelNames.length > 0) gauge.reset();
        else gauge.remove({});
        for (const { labels = {}, value } of samples) gauge.set(labels, value);
      },
    });
  }
}
