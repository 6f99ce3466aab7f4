import type { System } from '../api/types.ts';
import { formatBytes } from '../format/formatBytes.ts';
import { formatShare } from '../format/formatShare.ts';
import type { SystemReport } from './systemReport.ts';

/** Something that an operator should see to: what it is, and what follows from it. */
export interface Concern {
  urgent: boolean;
  title: string;
  detail: string;
}

/** Redis refuses to write when it is full, so it is told of before. */
const MEMORY_SHARE_MAX = 0.85;

/** Below this share of the disk, or this much, large adapters may soon find no room. */
const FREE_SHARE_MIN = 0.05;
const FREE_BYTES_MIN = 5e9;

/** What is wrong, or will be, with the parts the service stands on; workers are told of apart. */
export function findConcerns({ api, system }: Pick<SystemReport, 'api' | 'system'>): Concern[] {
  const redis = system === undefined ? [] : redisConcerns(system.redis);
  const blobs = system === undefined ? [] : blobConcerns(system.blobs);
  const damage = system === undefined ? [] : damageConcerns(system.reconciler.findings);
  if (api.problem === undefined) {
    return [...redis, ...blobs, ...damage];
  }
  const { code, detail: cause } = api.problem;
  // where nobody answers at all, the dashboard has said already what is safe and what goes on
  const detail =
    code === 'api_unreachable'
      ? cause
      : `${cause} Submissions that were accepted are stored. Workers go on once the part is back.`;
  return [{ urgent: true, title: api.problem.title, detail }, ...redis, ...blobs, ...damage];
}

function redisConcerns(redis: System['redis']): Concern[] {
  const {
    appendOnly,
    lastWrite,
    maxMemoryPolicy,
    usedMemoryBytes,
    maxMemoryBytes = Number.POSITIVE_INFINITY,
  } = redis;
  return [
    lastWrite === 'err' && {
      urgent: true,
      title: 'Redis could not write its append-only file',
      detail: 'What changed since then is lost if it stops. Look at its disk and its log.',
    },
    !appendOnly && {
      urgent: false,
      title: 'Redis keeps nothing across a restart',
      detail: 'Its append-only file is off: federations, rounds and tokens end with it. Set appendonly yes.',
    },
    maxMemoryPolicy !== 'noeviction' && {
      urgent: false,
      title: 'Redis may forget',
      detail: `maxmemory-policy is ${maxMemoryPolicy}: when memory runs out, it drops what Florist needs. Set noeviction.`,
    },
    usedMemoryBytes > MEMORY_SHARE_MAX * maxMemoryBytes && {
      urgent: false,
      title: 'Redis is nearly full',
      detail: `${formatShare(usedMemoryBytes / maxMemoryBytes)} of maxmemory is used. At its limit it refuses every change.`,
    },
  ].filter((concern) => concern !== false);
}

function blobConcerns({ writable, problem, freeBytes, totalBytes = 0 }: System['blobs']): Concern[] {
  if (!writable) {
    const detail = `The cause is ${problem ?? 'unknown'}. Submissions are refused and rounds cannot be published until they can.`;
    return [{ urgent: true, title: 'Blobs cannot be written', detail }];
  }
  if (freeBytes === undefined || freeBytes >= Math.max(FREE_BYTES_MIN, FREE_SHARE_MIN * totalBytes)) {
    return [];
  }
  const detail = `${formatBytes(freeBytes)} are free. Submissions that do not fit are refused; nothing stored is lost.`;
  return [{ urgent: false, title: 'The disk is nearly full', detail }];
}

/** Findings told one by one; the activity of their federations and `GET /v1/system` have the rest. */
const FINDINGS_TOLD = 3;

function damageConcerns(findings: System['reconciler']['findings']): Concern[] {
  if (findings.length === 0) return [];
  const told = findings.slice(0, FINDINGS_TOLD).map(({ federation, detail }) => `${federation}: ${detail}`);
  const more = findings.length - told.length;
  const detail = [...told, ...(more > 0 ? [`And ${more} more.`] : [])].join(' ');
  return [{ urgent: true, title: 'Stored files and ledger disagree', detail }];
}
