export const TAGS = [
  { name: 'Federations', description: 'A fine-tuning effort and its policies.' },
  { name: 'Clients', description: 'The participants of a federation and their tokens.' },
  { name: 'Rounds', description: 'From collecting adapters to publishing their mean.' },
  { name: 'Submissions', description: 'One client’s adapter for one round.' },
  { name: 'Adapters', description: 'What rounds publish, ready for PEFT.' },
  { name: 'Events', description: 'What happens in a federation, as it happens.' },
  { name: 'Service', description: 'Health, metrics and this document.' },
] as const;

export type Tag = (typeof TAGS)[number]['name'];
