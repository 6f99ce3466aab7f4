// @ts-check
import t from 'tap';
import { judge } from '../report/judge.mjs';

const FASTER = {
  work: '',
  sense: /** @type {const} */ ('at least'),
  bound: 6,
  unit: /** @type {const} */ ('×'),
};
const MEMORY = {
  work: '',
  sense: /** @type {const} */ ('at most'),
  bound: 800e6,
  unit: /** @type {const} */ ('bytes'),
};

t.test('says by how much a promise is missed, and why', async (t) => {
  t.strictSame(judge({ ...FASTER, measured: 4.1, why: 'r-space takes 60 % of our time' }), {
    met: false,
    wanted: '≥ 6.0×',
    found: '4.1×',
    verdict: 'missed by 32 %',
    reason: 'r-space takes 60 % of our time',
  });
  t.match(judge({ ...MEMORY, measured: 816e6 }), { met: false, verdict: 'missed by 2.0 %' });
});

t.test('keeps a promise at its very bound', async (t) => {
  t.match(judge({ ...FASTER, measured: 6 }), { met: true, verdict: 'met' });
  t.match(judge({ ...MEMORY, measured: 800e6 }), { met: true, found: '800.00 MB' });
});

t.test('tells what failed from what was not measured', async (t) => {
  t.match(judge({ ...FASTER, failed: 'stopped after 3 minutes' }), {
    met: false,
    verdict: 'missed',
    reason: 'stopped after 3 minutes',
  });
  t.match(judge({ ...FASTER, why: 'needs the peer' }), {
    met: undefined,
    verdict: 'not measured',
    reason: 'needs the peer',
  });
});
