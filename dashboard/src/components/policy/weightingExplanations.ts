import type { Choice } from '#components/ui/Choices.tsx';
import type { Weighting } from '#lib/api/types.ts';
import type { RobustPolicy, WeightingDraft } from '#lib/policy/weightingDraft.ts';

export const WEIGH_BY: readonly Choice<Weighting['by']>[] = [
  {
    value: 'examples',
    label: 'By examples',
    explanation: 'Who trained on more counts more, by the number it claims.',
  },
  { value: 'uniform', label: 'All alike', explanation: 'A small client counts as much as a large one.' },
];

/** All that are chosen apply: who is dropped first, then who is shortened. */
export const ROBUST: readonly Choice<RobustPolicy>[] = [
  { value: 'clip', label: 'Clip', explanation: 'Shortens updates that are too long; keeps their direction.' },
  {
    value: 'dropCosine',
    label: 'Cosine',
    explanation: 'Drops who points elsewhere than most others; ignores lengths.',
  },
  {
    value: 'multiKrum',
    label: 'Multi-Krum',
    explanation: 'Keeps who lies closest to the others; drops the rest.',
  },
];

export const CLIP_BY: readonly { value: WeightingDraft['clipBy']; label: string }[] = [
  { value: 'timesMedian', label: '× median' },
  { value: 'norm', label: '‖ΔW‖' },
];
