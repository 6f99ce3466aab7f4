import { isRefusalCode, Refusal } from '@florist/core/errors/refusal';
import type { Dtype } from '@florist/core/kernel/kernel';
import { SUM_TAU_DEFAULT, type SumPending } from '@florist/core/schemas/adapterSum';
import { latestPublished } from '@florist/storage/adapters/latestPublished';
import type { PublishedAdapter } from '@florist/storage/adapters/publishedAdapter';
import { requestSum, type SumAnswer } from '@florist/storage/sums/requestSum';
import type { FastifyBaseLogger } from 'fastify';
import type { Services } from '../../../services.js';
import { requireFiles } from '../files/requireFiles.js';
import { startSum } from './startSum.js';

/** Which adapter of a federation a URL asks for. */
export interface SumAddress {
  federation: string;
  since?: number | undefined;
  through?: number | undefined;
  tau?: number | undefined;
  dtype?: Dtype | undefined;
}

/** Files that are there, files that are being made, or nothing that the client lacks. */
export type SumFiles =
  | { outcome: 'ready'; through: number; folder: string; sha256: string; bytes: number }
  | { outcome: 'making'; through: number; pending: SumPending }
  | { outcome: 'none' };

/**
 * Finds the files of a federation's adapter: of the latest published round, or of the sum of the rounds after `since`,
 * which the first to ask for it has made.
 * @param client who asks, where it is a client
 * @throws Refusal federation_not_found, round_not_found, round_not_published, adapter_gone, too_many_requests,
 * sum_failed, and what making the sum was refused for
 */
export async function findFiles(
  services: Pick<Services, 'ledger' | 'queues'>,
  address: SumAddress,
  client: string | undefined,
  log: FastifyBaseLogger,
): Promise<SumFiles> {
  const { federation, since, through, tau = SUM_TAU_DEFAULT, dtype } = address;
  if (since === undefined) {
    refuseAlone(address);
    return filesOf(await latestPublished(services.ledger, federation));
  }
  const answer = await requestSum(services.ledger, { federation, since, through, tau, dtype, client });
  switch (answer.outcome) {
    case 'none':
    case 'ready':
      return answer;
    case 'single':
      return filesOf({ round: answer.through, adapter: answer.adapter, folder: answer.folder });
    case 'failed':
      throw new Refusal(isRefusalCode(answer.code) ? answer.code : 'sum_failed', answer.detail);
    case 'making':
      await startSum(services, answer.ref, log);
      return { outcome: 'making', through: answer.through, pending: pendingOf(answer, since, tau) };
  }
}

function filesOf({ round, adapter, folder }: PublishedAdapter): SumFiles {
  requireFiles(round, adapter);
  if (adapter.result === undefined) {
    throw new Error(`adapter ${adapter.id} of round ${round} is published without a result`);
  }
  const { sha256, bytes } = adapter.result;
  return { outcome: 'ready', through: round, folder, sha256, bytes };
}

function pendingOf(
  { through, rounds, dtype, requestedAt }: Extract<SumAnswer, { outcome: 'making' }>,
  since: number,
  tau: number,
): SumPending {
  return { state: 'making', since, through, rounds, tau, dtype, requestedAt };
}

/** Keeps the rule that SumQuery states of what says how to add up. */
function refuseAlone({ through, tau, dtype }: SumAddress): void {
  const given = Object.entries({ through, tau, dtype }).flatMap(([field, value]) =>
    value === undefined ? [] : [field],
  );
  if (given.length > 0) {
    const errors = given.map((field) => ({ field, detail: 'Only together with since.' }));
    throw new Refusal(
      'request_invalid',
      `${given.join(' and ')} can only be given together with since.`,
      errors,
    );
  }
}
