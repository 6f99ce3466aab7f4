'use client';

import { Choices } from '#components/ui/Choices.tsx';

/** Seconds for which the secret before stays valid. */
const OVERLAPS = [
  { value: '0', label: 'At once', explanation: 'For one that may be known to others.' },
  { value: '3600', label: 'In an hour', explanation: 'For somebody who is at it now.' },
  { value: '86400', label: 'In a day', explanation: 'For programs that have to be given the new one.' },
] as const;

export type Overlap = (typeof OVERLAPS)[number]['value'];

interface OverlapChoicesProps {
  label: string;
  value: Overlap;
  onChange: (overlap: Overlap) => void;
  disabled: boolean;
}

/** When what is replaced ends. */
export function OverlapChoices(props: OverlapChoicesProps) {
  return <Choices {...props} choices={OVERLAPS} />;
}
