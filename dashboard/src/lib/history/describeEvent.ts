import type { FederationEvent } from '../api/types.ts';

/** What happened, as one would tell it. */
export function describeEvent({ type, client, adapter, done, total, detail }: FederationEvent): string {
  switch (type) {
    case 'federation.created':
      return 'The federation was created';
    case 'federation.updated':
      return 'The policies were changed';
    case 'client.registered':
      return `${client} was registered`;
    case 'client.token-rotated':
      return `${client} was given a new token`;
    case 'client.removed':
      return `${client} was removed`;
    case 'round.opened':
      return 'The round opened';
    case 'submission.accepted':
      return `${client} submitted`;
    case 'submission.replaced':
      return `${client} replaced its submission`;
    case 'submission.removed':
      return `The submission of ${client} was removed`;
    case 'round.closed':
      return 'The round closed and began to aggregate';
    case 'round.progress':
      return `${done} of ${total} modules aggregated`;
    case 'round.published':
      return 'The round was published';
    case 'round.failed':
      return `The round failed${detail === undefined ? '' : `: ${detail}`}`;
    case 'round.cancelled':
      return 'The round was cancelled';
    case 'round.retried':
      return 'Aggregation was started again';
    case 'adapter.requested':
      return `Adapter ${adapter} was asked for`;
    case 'adapter.weighed':
      return `Clients of adapter ${adapter} were weighed: ${detail}`;
    case 'adapter.published':
      return `Adapter ${adapter} was published`;
    case 'adapter.failed':
      return `Adapter ${adapter} failed${detail === undefined ? '' : `: ${detail}`}`;
    case 'adapter.promoted':
      return `Adapter ${adapter} became the current one`;
    case 'adapter.evaluated':
      return `${client ?? 'The operator'} evaluated adapter ${adapter}: ${detail}`;
    case 'adapter.chosen':
      return `Adapter ${adapter} was chosen: ${detail}`;
    case 'choice.lapsed':
      return `No adapter was chosen: ${detail}`;
    case 'submission.restored':
      return `The submission of ${client} was restored from its receipt`;
    case 'ledger.rebuilt':
      return 'The ledger was rebuilt from the blobs';
    case 'storage.damaged':
      return `Stored files and ledger disagree: ${detail}`;
    default:
      return detail === undefined ? type : `${type}: ${detail}`;
  }
}
