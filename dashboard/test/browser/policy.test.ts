import t from 'tap';
import { OPERATOR_TOKEN } from '../../tools/stack/startStack.mjs';
import { openStage } from './openStage.ts';

t.test('policies of a federation', async (t) => {
  const { dashboardUrl, call, newPage } = await openStage(t, { worker: false });
  const page = await newPage(OPERATOR_TOKEN);
  const open = async (name: string, policies: object = {}) => {
    await call('POST', '/v1/federations', { name, ...policies });
    await page.goto(`${dashboardUrl}/federations/${name}/policy`);
    await page.getByRole('button', { name: 'Save policies' }).waitFor();
  };
  const choose = (group: string, label: string) =>
    page.getByRole('radiogroup', { name: group }).getByRole('radio', { name: label }).click();
  const fill = (label: string, text: string) => page.getByLabel(label, { exact: true }).fill(text);
  const save = async () => {
    await page.getByRole('button', { name: 'Save policies' }).click();
    await page.getByText(/^Saved/).waitFor();
  };

  await t.test('the whole life of a round can be set', async (t) => {
    await open('alive');
    t.equal(await page.getByLabel('Grace').count(), 0, 'no grace without a deadline');
    await choose('Whom a round invites', 'A number');
    await fill('How many', '12');
    await fill('Over-sampling', '1.5');
    await fill('At least', '8');
    await fill('Deadline', '2');
    await fill('Grace', '45');
    await choose('At the deadline, with too few', 'Proceed');
    await fill('Quorum', '5');
    await choose('A submission that comes too late', 'Carry it over');
    await fill('Weight when late', '0.25');
    await choose('The next round opens', 'By itself');
    await fill('After', '3');
    await page.getByLabel('Unit of: After').selectOption('hours');
    await fill('Last round', '40');
    await save();
    const { rounds } = await call('GET', '/v1/federations/alive');
    t.same(rounds, {
      ...{ minSubmissions: 8, deadlineSeconds: 7200, graceSeconds: 2700, onDeadline: 'proceed', quorum: 5 },
      ...{ late: 'carry', stalenessWeight: 0.25, cohort: { size: 12, oversample: 1.5 } },
      next: { delaySeconds: 10_800, stopAfterRounds: 40 },
    });
  });

  await t.test('and taken back again', async (t) => {
    await page.reload();
    t.equal(await page.getByLabel('Quorum').inputValue(), '5');
    await choose('Whom a round invites', 'All clients');
    await choose('At the deadline, with too few', 'Extend');
    await fill('Extend by', '1');
    await fill('Grace', '');
    await choose('A submission that comes too late', 'Refuse it');
    await choose('The next round opens', 'By an operator');
    await save();
    const { rounds } = await call('GET', '/v1/federations/alive');
    t.same(rounds, {
      ...{ minSubmissions: 8, deadlineSeconds: 7200, onDeadline: 'extend', extendSeconds: 3600 },
      ...{ quorum: 5, stalenessWeight: 0.25 },
    });
  });

  await t.test('how much each client counts, and what is done about updates that stand out', async (t) => {
    await choose('Weight', 'All alike');
    await fill('Largest share of a client', '0.2');
    await page.getByRole('checkbox', { name: 'Clip' }).click();
    await fill('Longest update', '3.5');
    await page.getByLabel('What the longest update is measured in').selectOption('norm');
    await page.getByRole('checkbox', { name: 'Cosine' }).click();
    await page.getByRole('checkbox', { name: 'Multi-Krum' }).click();
    await fill('Malicious at most', '2');
    await save();
    const weighting = async () => (await call('GET', '/v1/federations/alive')).aggregation.weighting;
    t.same(await weighting(), {
      ...{ by: 'uniform', maxShare: 0.2 },
      robust: { clip: { norm: 3.5 }, dropCosine: { below: 0 }, multiKrum: { faulty: 2 } },
    });
    for (const name of ['Clip', 'Cosine', 'Multi-Krum']) {
      await page.getByRole('checkbox', { name }).click();
    }
    await save();
    t.same(await weighting(), { by: 'uniform', maxShare: 0.2 });
  });

  await t.test('how τ is chosen by what candidates score', async (t) => {
    const candidates = async () => (await call('GET', '/v1/federations/alive')).candidates;
    await choose('How τ is chosen among candidates', 'Smallest that is good enough');
    await fill('Candidates', '0.8, 0.9 high');
    await page.getByRole('button', { name: 'Save policies' }).click();
    await page.getByText('must be number', { exact: true }).waitFor();
    await fill('Candidates', '0.8, 0.9');
    await fill('Metric', 'accuracy');
    await choose('Which values are better', 'Higher is better');
    await fill('Margin', '0.02');
    await fill('Wait for evaluations', '2');
    await fill('Evaluations of each', '3');
    await save();
    t.same(await candidates(), {
      ...{ choose: 'smallest', taus: [0.8, 0.9], metric: 'accuracy', higherIsBetter: true },
      ...{ margin: 0.02, waitSeconds: 7200, minEvaluations: 3 },
    });
    await choose('How τ is chosen among candidates', 'No candidates');
    await save();
    t.equal(await candidates(), undefined);
  });

  await t.test('what is kept, and what clients may use', async (t) => {
    await fill('Submissions of', '5');
    await fill('Each client, in MB', '2.5');
    await fill('All clients, in MB', '1000');
    await fill('Requests per minute', '90');
    await save();
    const limits = async () => {
      const { retention, quotas } = await call('GET', '/v1/federations/alive');
      return { retention, quotas };
    };
    t.same(await limits(), {
      retention: { submissionRounds: 5 },
      quotas: { bytesPerClient: 2_500_000, bytesPerFederation: 1_000_000_000, requestsPerMinute: 90 },
    });
    await page.reload();
    t.equal(await page.getByLabel('Each client, in MB').inputValue(), '2.5');
    for (const label of [
      'Submissions of',
      'Each client, in MB',
      'All clients, in MB',
      'Requests per minute',
    ]) {
      await fill(label, '');
    }
    await save();
    t.same(await limits(), { retention: {}, quotas: {} });
  });

  await t.test('what is not saved is not lost without a word, and takes nothing from others', async (t) => {
    await open('shared', { baseModel: 'tiny/model' });
    await fill('At least', '3');
    await page.getByText('1 unsaved change', { exact: true }).waitFor();
    await page.getByRole('link', { name: 'Clients' }).click();
    const ask = page.getByRole('alertdialog');
    t.match(await ask.textContent(), /1 unsaved change would be lost/);
    await ask.getByRole('button', { name: 'Stay here' }).click();
    t.equal(await page.getByLabel('At least').inputValue(), '3');
    await call('PATCH', '/v1/federations/shared', { rounds: { maxSubmissions: 9 } });
    await save();
    await page.getByText('Saved; the next round of shared opens with it.').waitFor();
    t.same((await call('GET', '/v1/federations/shared')).rounds, { minSubmissions: 3, maxSubmissions: 9 });
    t.equal(await page.getByLabel('At most').inputValue(), '9', 'and shows what others set');
    await fill('Name or path', '');
    await save();
    t.equal((await call('GET', '/v1/federations/shared')).baseModel, undefined);
    await fill('At most', '10');
    await page.getByRole('button', { name: 'Discard' }).click();
    t.equal(await page.getByLabel('At most').inputValue(), '9');
    await page.getByRole('link', { name: 'Clients' }).click();
    await page.waitForURL(`${dashboardUrl}/federations/shared/clients`);
  });

  await t.test('what the form does not show stays as the api has set it', async (t) => {
    const cohort = { size: 4, always: ['site-a', 'site-b'], seed: 7 };
    const stopWhenStalled = { metric: 'loss', rounds: 5, minImprovement: 0.001 };
    await open('kept', { rounds: { cohort, next: { delaySeconds: 60, stopWhenStalled } } });
    await page.getByText(/always invited are site-a, site-b; drawn with seed 7/).waitFor();
    await page.getByText(/loss has not improved by more than 0.001 in 5 rounds/).waitFor();
    await fill('How many', '6');
    await fill('After', '2');
    await save();
    t.same((await call('GET', '/v1/federations/kept')).rounds, {
      minSubmissions: 1,
      cohort: { ...cohort, size: 6 },
      next: { delaySeconds: 120, stopWhenStalled },
    });
  });

  await t.test('what the api refuses it says beside the field, which comes into view', async (t) => {
    await open('refused', { rounds: { deadlineSeconds: 60, onDeadline: 'proceed' } });
    await page.getByRole('button', { name: 'Save policies' }).scrollIntoViewIfNeeded();
    await fill('Largest share of a client', '2');
    await fill('Grace', 'some');
    await page.getByRole('button', { name: 'Save policies' }).click();
    await page.getByText('must be <= 1').waitFor();
    await page.getByText('must be integer').waitFor();
    const share = page.getByLabel('Largest share of a client');
    t.equal(await share.getAttribute('aria-invalid'), 'true');
    t.ok(await share.evaluate((field) => field === document.activeElement));
    await fill('Largest share of a client', '');
    await fill('Grace', '');
    await choose('Whom a round invites', 'A number');
    await fill('How many', '2');
    await fill('At least', '3');
    await page.getByRole('button', { name: 'Save policies' }).click();
    await page.getByText('It invites 2, below minSubmissions, which is 3.').waitFor();
    t.equal(await page.getByLabel('How many').getAttribute('aria-invalid'), 'true');
    await fill('How many', '3');
    await fill('Quorum', '4');
    await page.getByRole('button', { name: 'Save policies' }).click();
    await page.getByText('quorum is 4, above minSubmissions, which is 3.').waitFor();
    await choose('At the deadline, with too few', 'Wait');
    t.ok(await page.getByLabel('Quorum').isVisible(), 'a fault is not hidden by another choice');
    t.same((await call('GET', '/v1/federations/refused')).rounds, {
      ...{ minSubmissions: 1, deadlineSeconds: 60, onDeadline: 'proceed' },
    });
  });
});
