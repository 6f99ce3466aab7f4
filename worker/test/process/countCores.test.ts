import t from 'tap';
import { countCores } from '../../src/process/countCores.js';

t.test('without a quota all cores count', async (t) => {
  t.equal(await countCores(t.testdir({}), 8), 8, 'where there are no control groups');
  const root = t.testdir({
    proc: { self: { cgroup: '0::/\n' } },
    sys: { fs: { cgroup: { 'cpu.max': 'max 100000\n' } } },
  });
  t.equal(await countCores(root, 8), 8);
});

t.test("a container's quota counts, and a service's within its slice's", async (t) => {
  const container = t.testdir({
    proc: { self: { cgroup: '0::/\n' } },
    sys: { fs: { cgroup: { 'cpu.max': '250000 100000\n' } } },
  });
  t.equal(await countCores(container, 8), 2);
  t.equal(await countCores(container, 1), 1, 'more than there is does not help');
  const service = t.testdir({
    proc: { self: { cgroup: '0::/some.slice/florist.service\n' } },
    sys: {
      fs: {
        cgroup: {
          'some.slice': {
            'cpu.max': '300000 100000\n',
            'florist.service': { 'cpu.max': '600000 100000\n' },
          },
        },
      },
    },
  });
  t.equal(await countCores(service, 8), 3);
});

t.test('so does one of the older kind, and less than a core is one', async (t) => {
  const cpu = { 'cpu.cfs_quota_us': '50000\n', 'cpu.cfs_period_us': '100000\n' };
  const root = t.testdir({
    proc: { self: { cgroup: '5:memory:/docker/1\n4:cpu,cpuacct:/docker/1\n' } },
    sys: { fs: { cgroup: { cpu } } },
  });
  t.equal(await countCores(root, 8), 1);
});
