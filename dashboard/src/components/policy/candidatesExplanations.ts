import type { Choice } from '#components/ui/Choices.tsx';
import type { CandidatesDraft } from '#lib/policy/candidatesDraft.ts';

export const CHOOSE: readonly Choice<CandidatesDraft['choose']>[] = [
  { value: 'none', label: 'No candidates', explanation: 'The round’s one adapter is current as it is.' },
  { value: 'best', label: 'Best metric', explanation: 'FLoRIST-O: whichever candidate scores best.' },
  {
    value: 'smallest',
    label: 'Smallest that is good enough',
    explanation: 'FLoRIST-E: the least rank within a margin of the best baseline.',
  },
  { value: 'hold', label: 'By an operator', explanation: 'Candidates are scored; an operator promotes one.' },
];

export const BETTER: readonly Choice<CandidatesDraft['better']>[] = [
  { value: 'lower', label: 'Lower is better', explanation: 'As for a loss or a perplexity.' },
  { value: 'higher', label: 'Higher is better', explanation: 'As for an accuracy.' },
];
