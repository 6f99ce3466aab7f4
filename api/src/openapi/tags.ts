export const TAGS = [
  { name: 'Federations', description: 'A fine-tuning effort and its policies.' },
  { name: 'Clients', description: 'The participants of a federation and their tokens.' },
  { name: 'Rounds', description: 'From collecting adapters to publishing their mean.' },
  { name: 'Submissions', description: 'One client’s adapter for one round.' },
  { name: 'Uploads', description: 'Adapters that come in pieces over a bad line, by the protocol tus.' },
  { name: 'Adapters', description: 'What rounds publish, ready for PEFT.' },
  { name: 'Events', description: 'What happens in a federation, as it happens.' },
  { name: 'Webhooks', description: 'Events sent to where they are needed.' },
  { name: 'Access', description: 'Who may do what, and who did: tokens and the audit trail.' },
  { name: 'Service', description: 'Health, workers, queues, metrics and this document.' },
] as const;

export type Tag = (typeof TAGS)[number]['name'];
