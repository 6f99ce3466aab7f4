import type { Choice } from '#components/ui/Choices.tsx';
import type { Late, OnDeadline } from '#lib/api/types.ts';
import type { AfterDraft } from '#lib/policy/afterDraft.ts';
import type { CohortDraft } from '#lib/policy/cohortDraft.ts';

export const COHORTS: readonly Choice<CohortDraft['cohort']>[] = [
  {
    value: 'all',
    label: 'All clients',
    explanation: 'Also those that register while it collects.',
  },
  {
    value: 'size',
    label: 'A number',
    explanation: 'A sample of as many, of those registered when it opens.',
  },
  {
    value: 'fraction',
    label: 'A share',
    explanation: 'A sample that grows with the number of clients.',
  },
];

export const ON_DEADLINE: readonly Choice<OnDeadline>[] = [
  { value: 'wait', label: 'Wait', explanation: 'Goes on until there are enough, however long.' },
  { value: 'fail', label: 'Fail', explanation: 'Ends without an adapter.' },
  { value: 'extend', label: 'Extend', explanation: 'Sets a new deadline, once, and fails at that.' },
  {
    value: 'proceed',
    label: 'Proceed',
    explanation: 'Aggregates what there is, if that is a quorum; fails with less.',
  },
];

export const LATE: readonly Choice<Late>[] = [
  { value: 'refuse', label: 'Refuse it', explanation: 'Only what came in time counts.' },
  {
    value: 'carry',
    label: 'Carry it over',
    explanation: 'Counts in the next round, for less, unless its client submits to that too.',
  },
];

export const NEXT: readonly Choice<AfterDraft['next']>[] = [
  { value: 'operator', label: 'By an operator', explanation: 'Nothing happens until somebody opens it.' },
  {
    value: 'itself',
    label: 'By itself',
    explanation: 'The first, and the one after a cancelled round, stay an operator’s to open.',
  },
];
