import type { Choice } from '#components/ui/Choices.tsx';
import type { Aggregation, Method, RankPolicy } from '#lib/api/types.ts';

export const METHODS: readonly Choice<Method>[] = [
  {
    value: 'florist',
    label: 'FLoRIST',
    explanation: 'The smallest adapter that keeps the share of the update you ask for. Any mix of ranks.',
  },
  {
    value: 'flora',
    label: 'FLoRA',
    explanation: 'Sends all adapters stacked: exact, but it grows with every client.',
  },
  {
    value: 'fedit',
    label: 'FedIT',
    explanation: 'Averages the two factors apart: small, but wrong by their cross terms.',
  },
  {
    value: 'ffa-lora',
    label: 'FFA-LoRA',
    explanation: 'For clients that share one frozen A: averages B alone, exactly.',
  },
  {
    value: 'flexlora',
    label: 'FlexLoRA',
    explanation: 'Decomposes the whole mean and cuts it at the clients’ ranks.',
  },
];

export const RANKS: readonly Choice<RankPolicy['policy']>[] = [
  {
    value: 'energy',
    label: 'By energy, τ',
    explanation: 'Each module keeps the share τ of its ‖ΔW‖². Rich layers get more rank.',
  },
  {
    value: 'fixed',
    label: 'Fixed',
    explanation: 'The same rank everywhere, for runtimes that want it so.',
  },
  {
    value: 'budget',
    label: 'By size',
    explanation: 'Spends a number of bytes where they keep the most energy.',
  },
  {
    value: 'total',
    label: 'By total rank',
    explanation: 'Spends a sum of ranks where they keep the most energy.',
  },
];

export const DTYPES: readonly Choice<Aggregation['dtype']>[] = [
  { value: 'F32', label: 'F32', explanation: 'Four bytes an element; no rounding.' },
  { value: 'F16', label: 'F16', explanation: 'Half the size; about three digits, small range.' },
  { value: 'BF16', label: 'BF16', explanation: 'Half the size; about two digits, full range.' },
];

export const MISSING: readonly Choice<Aggregation['missingModules']>[] = [
  { value: 'reject', label: 'Refuse it', explanation: 'Every submission must adapt the same modules.' },
  {
    value: 'zero',
    label: 'Count it as zero',
    explanation: 'Its missing modules pull the mean towards no change.',
  },
];
