// @ts-check
import t from 'tap';
import { providersTable } from '../providers/providersTable.mjs';
import { verdictOn } from '../providers/verdictOn.mjs';

/** @typedef {import('../providers/checkProviders.mjs').ProviderLine} ProviderLine */

const times = { gram: 4.4, solve: 3, project: 1.5, total: 9.123 };
/** @type {ProviderLine} */
const cpu = {
  provider: 'cpu',
  state: 'checked',
  golden: { modules: 10, failures: [], worst: 3.4e-8 },
  times,
};
/** @type {ProviderLine} */
const absent = { provider: 'cuda', state: 'absent', reason: 'no library' };
/** @type {ProviderLine} */
const wrong = {
  provider: 'cuda',
  state: 'checked',
  golden: { modules: 10, failures: ['degenerate: rank 2'], worst: 0.1 },
  times,
};
/** @type {ProviderLine} */
const broken = { provider: 'cuda', state: 'broken', reason: 'the check was ended by SIGSEGV' };

t.test('the table shows what every provider does', async (t) => {
  const table = providersTable([cpu, absent]);
  t.match(table, /^ {2}cpu +10 agree +3\.4e-8 +4\.40 +3\.00 +1\.50 +9\.12$/m);
  t.match(table, /^ {2}cuda +not available$/m);
  t.match(providersTable([cpu, wrong]), /^ {2}cuda +1 FAIL /m);
});

t.test('wrong answers and checks that end early are failures, a machine without CUDA is not', async (t) => {
  t.strictSame(verdictOn([cpu, absent], []), { failures: [] });
  t.strictSame(verdictOn([cpu, wrong], []), { failures: ['cuda: degenerate: rank 2'] });
  t.strictSame(verdictOn([cpu, broken], ['cuda']), { failures: ['cuda: the check was ended by SIGSEGV'] });
});

t.test('a provider that is asked for and not there gives one line that says what to do', async (t) => {
  const { missing } = verdictOn([cpu, absent], ['cuda']);
  t.equal(
    missing,
    'cuda is not available: no library; docs/operations.md says how to install its libraries.',
  );
  t.equal(verdictOn([cpu, absent], ['cpu']).missing, undefined);
});
