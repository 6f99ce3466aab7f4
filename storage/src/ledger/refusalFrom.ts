import { Refusal } from '@florist/core/errors/refusal';
import { evaluationRefusal } from './evaluationRefusal.js';
import { layoutRefusal } from './layoutRefusal.js';
import { lifecycleRefusal } from './lifecycleRefusal.js';
import { quotaRefusal } from './quotaRefusal.js';
import { retentionRefusal } from './retentionRefusal.js';
import type { ScriptArguments } from './runScript.js';
import { uploadRefusal } from './uploadRefusal.js';

/** What a refusal's sentence is made of: the script's arguments, and what it found. */
export type Facts = Record<string, string>;

/** The refusal that a script's reply stands for: its reason, then what it found as names and values. */
export function refusalFrom(reply: string[], args: ScriptArguments, federation: string): Refusal {
  const [reason = '', ...found] = reply;
  const facts: Facts = { federation };
  for (const [name, value] of Object.entries(args)) {
    if (typeof value === 'string' || typeof value === 'number') facts[name] = String(value);
  }
  for (let index = 0; index + 1 < found.length; index += 2)
    facts[found[index] ?? ''] = found[index + 1] ?? '';
  const refusal =
    missing(reason, facts) ??
    roundRefusal(reason, facts) ??
    otherRefusal(reason, facts) ??
    evaluationRefusal(reason, facts) ??
    lifecycleRefusal(reason, facts) ??
    layoutRefusal(reason, facts) ??
    retentionRefusal(reason, facts) ??
    uploadRefusal(reason, facts) ??
    quotaRefusal(reason, facts);
  if (refusal === undefined) throw new Error(`A ledger script refused for an unknown reason: ${reason}`);
  return refusal;
}

function missing(reason: string, facts: Facts): Refusal | undefined {
  const { federation, client, round, adapter, id } = facts;
  switch (reason) {
    case 'token_not_found':
      return new Refusal(reason, `There is no token ${id}.`);
    case 'webhook_not_found':
      return new Refusal(reason, `Federation ${federation} has no webhook ${id}.`);
    case 'federation_not_found':
      return new Refusal(reason, `There is no federation ${federation}.`);
    case 'client_not_found':
      return new Refusal(reason, `Federation ${federation} has no client ${client}.`);
    case 'round_not_found':
      return new Refusal(reason, `Federation ${federation} has no round ${round}.`);
    case 'no_round_yet':
      return new Refusal('round_not_found', `Federation ${federation} has not opened a round yet.`);
    case 'submission_not_found':
      return new Refusal(reason, `Client ${client} has submitted nothing to round ${round}.`);
    case 'adapter_not_found':
      return new Refusal(reason, `Round ${round} has no adapter ${adapter}.`);
    default:
      return undefined;
  }
}

function roundRefusal(reason: string, facts: Facts): Refusal | undefined {
  const { round, state, count, needed } = facts;
  switch (reason) {
    case 'round_open':
      return new Refusal(reason, `Round ${round} is ${state}: close or cancel it before opening the next.`);
    case 'round_not_collecting':
      return new Refusal(reason, `Round ${round} is ${state}, not collecting.`);
    case 'round_too_few_submissions':
      return new Refusal(
        reason,
        `Round ${round} has ${count} of the ${needed} submissions it needs to aggregate.`,
      );
    case 'deadline_ahead':
      return new Refusal('request_invalid', `The deadline of round ${round} has not passed.`);
    case 'round_not_cancellable':
      return new Refusal(reason, `Round ${round} is ${state}, which is final.`);
    case 'round_not_failed':
      return new Refusal(reason, `Round ${round} is ${state}; only a failed round can be retried.`);
    case 'round_not_published':
      return new Refusal(reason, `Round ${round} is ${state}, so it has no adapter to serve or derive from.`);
    default:
      return undefined;
  }
}

function otherRefusal(reason: string, facts: Facts): Refusal | undefined {
  const { federation, client, round, adapter, state } = facts;
  switch (reason) {
    case 'tokens_too_many':
      return new Refusal(reason, `There are ${facts.most} tokens; revoke one first.`);
    case 'token_federation_not_found':
      return new Refusal('federation_not_found', `There is no federation ${facts.missing}.`, [
        { field: '/federations', detail: `There is no federation ${facts.missing}.` },
      ]);
    case 'webhooks_too_many':
      return new Refusal(reason, `Federation ${federation} has ${facts.most} webhooks; delete one first.`);
    case 'federation_exists':
      return new Refusal(reason, `There is already a federation ${federation}.`);
    case 'federation_busy':
      return new Refusal(
        reason,
        `Federation ${federation} is aggregating ${facts.busy}: wait for it, or cancel the round, then delete.`,
      );
    case 'limits_contradict':
      return new Refusal('request_invalid', 'A round could never become full with enough submissions.', [
        {
          field: '/rounds/maxSubmissions',
          detail: `maxSubmissions is ${facts.maximum}, below minSubmissions, which is ${facts.minimum}.`,
        },
      ]);
    case 'submission_conflict':
      return new Refusal(
        reason,
        `Client ${client} has already submitted other content to round ${round}; replace=true replaces it.`,
      );
    case 'adapter_exists':
      return new Refusal(reason, `Adapter ${adapter} of round ${round} is made that way.`);
    case 'adapter_pending':
      return new Refusal(reason, `Adapter ${adapter} of round ${round} is ${state}, not published.`);
    case 'adapter_failed':
      return new Refusal(
        reason,
        `Adapter ${adapter} of round ${round} could not be made. ${facts.why}`.trim(),
      );
    case 'missing_modules_fixed':
      return new Refusal('request_invalid', `Round ${round} collected with missingModules ${facts.fixed}.`, [
        { field: '/aggregation/missingModules', detail: `Leave it out, or give ${facts.fixed}.` },
      ]);
    default:
      return undefined;
  }
}
