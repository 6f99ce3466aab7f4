import type { Sample } from './parseMetrics.ts';

export interface RouteTraffic {
  route: string;
  method: string;
  requests: number;
  /** Answers of the 5xx kind. */
  faults: number;
  meanSeconds: number;
  /** Upper bound of the bucket that holds the 95th percentile; undefined above the last. */
  p95Seconds: number | undefined;
}

export interface Traffic {
  routes: RouteTraffic[];
  /** Uploads by how they ended. */
  submissions: { outcome: string; count: number }[];
  uploadBytes: number;
  eventStreams: number;
}

const DURATION = 'florist_http_request_duration_seconds';
const P95 = 0.95;

/** What the api's measurements say since it started. */
export function toTraffic(samples: readonly Sample[]): Traffic {
  const byRoute = new Map<string, Sample[]>();
  for (const sample of samples) {
    if (sample.name.startsWith(DURATION)) {
      const key = `${sample.labels.method} ${sample.labels.route}`;
      byRoute.set(key, [...(byRoute.get(key) ?? []), sample]);
    }
  }
  return {
    routes: [...byRoute.values()].map(routeTraffic).sort((a, b) => b.requests - a.requests),
    submissions: samples
      .filter(({ name }) => name === 'florist_submissions_total')
      .map(({ labels, value }) => ({ outcome: labels.outcome ?? '', count: value })),
    uploadBytes: total(samples, 'florist_upload_bytes_total'),
    eventStreams: total(samples, 'florist_event_streams'),
  };
}

function routeTraffic(samples: readonly Sample[]): RouteTraffic {
  const requests = total(samples, `${DURATION}_count`);
  const buckets = new Map<number, number>();
  for (const { name, labels, value } of samples) {
    if (name === `${DURATION}_bucket` && labels.le !== undefined && labels.le !== '+Inf') {
      const bound = Number(labels.le);
      buckets.set(bound, (buckets.get(bound) ?? 0) + value);
    }
  }
  const faults = samples.filter(
    ({ name, labels }) => name === `${DURATION}_count` && labels.status?.startsWith('5'),
  );
  return {
    route: samples[0]?.labels.route ?? '',
    method: samples[0]?.labels.method ?? '',
    requests,
    faults: faults.reduce((sum, { value }) => sum + value, 0),
    meanSeconds: requests > 0 ? total(samples, `${DURATION}_sum`) / requests : 0,
    p95Seconds: [...buckets].sort(([a], [b]) => a - b).find(([, count]) => count >= P95 * requests)?.[0],
  };
}

function total(samples: readonly Sample[], name: string): number {
  return samples.reduce((sum, sample) => (sample.name === name ? sum + sample.value : sum), 0);
}
