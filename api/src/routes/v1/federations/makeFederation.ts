import { Refusal } from '@florist/core/errors/refusal';
import type { Federation, FederationCreate } from '@florist/core/schemas/federation';
import { documentFolder } from '@florist/storage/blobs/keys';
import { createFederation } from '@florist/storage/federations/createFederation';
import { incarnationOf } from '@florist/storage/federations/incarnationOf';
import { newestRecord } from '@florist/storage/records/readRecords';
import { saveRecords } from '@florist/storage/records/saveRecords';
import { removeMarked } from '@florist/storage/retention/removeMarked';
import type { Services } from '../../../services.js';

type Stores = Pick<Services, 'ledger' | 'blobs'>;

/**
 * Creates a federation, unless the blobs hold one of that name that the ledger has lost: what is new must not take
 * the place of what can still be restored.
 * @throws Refusal federation_exists, request_invalid
 */
export async function makeFederation(stores: Stores, input: FederationCreate): Promise<Federation> {
  const { ledger, blobs } = stores;
  if ((await incarnationOf(ledger, input.name)) === undefined) await refuseLost(stores, input.name);
  const federation = await createFederation(ledger, input);
  await saveRecords(ledger, blobs, federation.name, ['federation']);
  return federation;
}

async function refuseLost({ ledger, blobs }: Stores, name: string): Promise<void> {
  // one that was deleted a moment ago may still be on the disk
  await removeMarked(ledger, blobs, name);
  const record = await newestRecord(blobs, documentFolder(name, 'federation'));
  if (record === undefined || record.gone) return;
  // somebody may have created it since the ledger was asked
  if ((await incarnationOf(ledger, name)) === record.incarnation) return;
  throw new Refusal(
    'federation_exists',
    `The ledger has lost a federation ${name} whose files are there: restore it with \`npm run rebuild\`, or delete it first.`,
  );
}
