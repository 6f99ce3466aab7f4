import type { FederationEvent } from '@florist/core/schemas/event';

/** One event on its way to one webhook. */
export interface WebhookMessage {
  federation: string;
  webhook: string;
  /** Of the event: the same in every attempt, and for every webhook of the federation. */
  message: string;
  /** Absent in a test. */
  event?: FederationEvent;
}

/** Names a message, so that queueing it a second time finds the first. */
export function messageJobId({ federation, webhook, message }: WebhookMessage): string {
  return `${federation}.${webhook}.${message}`;
}
