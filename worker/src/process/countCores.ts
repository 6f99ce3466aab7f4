import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';

/**
 * Cores that this process may keep busy: those that it may run on, or fewer where its control group, as that of a
 * container, has a quota of processor time. Node 20 does not see the quota, and more threads than it pays for only
 * wait for each other.
 * @param root where the file system begins
 */
export async function countCores(root = '/', cores = availableParallelism()): Promise<number> {
  const quotas = (await groupsOf(root)).map((group) =>
    group.unified ? quotaV2(group.path) : quotaV1(group.path),
  );
  const least = Math.min(cores, ...(await Promise.all(quotas)));
  return Math.max(1, Math.floor(least));
}

interface Group {
  path: string;
  unified: boolean;
}

/** The folders of this process's control groups and of those above, each of which may have a quota. */
async function groupsOf(root: string): Promise<Group[]> {
  const lines = (await read(join(root, 'proc/self/cgroup'))).split('\n');
  return lines.flatMap((line) => {
    const [, controllers, path] = /^\d+:([^:]*):(\/.*)$/.exec(line) ?? [];
    if (controllers === undefined || path === undefined) return [];
    const unified = controllers === '';
    if (!unified && !controllers.split(',').includes('cpu')) return [];
    const base = join(root, unified ? 'sys/fs/cgroup' : 'sys/fs/cgroup/cpu');
    return upwards(path).map((each) => ({ path: join(base, each), unified }));
  });
}

/** A path and those above it. In a container the path may be the host's, of which only the top is there. */
function upwards(path: string): string[] {
  return path === '/' ? [path] : [path, ...upwards(dirname(path))];
}

async function quotaV2(group: string): Promise<number> {
  const [quota, period] = (await read(join(group, 'cpu.max'))).split(' ');
  return coresOf(quota, period);
}

async function quotaV1(group: string): Promise<number> {
  const files = ['cpu.cfs_quota_us', 'cpu.cfs_period_us'].map((name) => read(join(group, name)));
  const [quota, period] = await Promise.all(files);
  return coresOf(quota, period);
}

/** Without a number, or with -1, there is no quota. */
function coresOf(quota: string | undefined, period: string | undefined): number {
  const cores = Number.parseInt(quota ?? '', 10) / Number.parseInt(period ?? '', 10);
  return cores > 0 ? cores : Number.POSITIVE_INFINITY;
}

const read = (path: string): Promise<string> => readFile(path, 'utf8').catch(() => '');
