import {
  GONE_AFTER_SECONDS,
  type Participant,
  ParticipantState,
  type ReportedState,
} from '@florist/core/schemas/participant';
import { listFrom, literal } from '../ledger/fields.js';
import type { Reply } from '../ledger/runScript.js';

/** Lua: one client of a round, as participantFrom reads it. */
export const PARTICIPANT_ROW = `
local function participant_row(n, round, client)
  local record = redis.call('HGET', base .. 'client-records', client)
  local ended = round.closedAt or round.failedAt or round.cancelledAt
  local invited
  if round.seed then invited = redis.call('ZSCORE', round_key(n, 'invited'), client)
  else invited = record and not (ended and cjson.decode(record).registeredAt > ended) end
  return {
    client,
    invited and 1 or 0,
    redis.call('HGET', round_key(n, 'participants'), client),
    redis.call('HEXISTS', round_key(n, 'submissions'), client),
    redis.call('SISMEMBER', round_key(n, 'carried'), client),
    string.format('%.0f', args.nowMs),
    redis.call('HGET', round_key(n, 'upload-bytes'), client),
  }
end
`;

/** What a client said of itself last. */
interface Sighting {
  state: ReportedState;
  seenMs: number;
  step?: number;
  total?: number;
}

/** How far an upload under way is, as noteUploadBytes keeps it. */
export interface UploadBytes {
  uploadedBytes: number;
  uploadBytes?: number | undefined;
}

export function participantFrom(row: Reply | undefined): Participant {
  const [client, invited, heard, submitted, carried, now, bytes] = listFrom(row);
  const sighting: Sighting | undefined = typeof heard === 'string' ? JSON.parse(heard) : undefined;
  const participant: Participant = {
    client: String(client),
    invited: invited === 1,
    state: 'silent',
    submitted: submitted === 1,
    carried: carried === 1,
  };
  if (sighting === undefined) return participant;
  const { state, seenMs, step, total } = sighting;
  const gone = seenMs < Number(now) - GONE_AFTER_SECONDS * 1000;
  const fresh = participant.submitted && !participant.carried;
  const shown = gone && !fresh ? 'gone' : literal(ParticipantState, state);
  const uploading = shown === 'uploading' && !fresh && typeof bytes === 'string';
  const upload: UploadBytes | undefined = uploading ? JSON.parse(bytes) : undefined;
  return {
    ...participant,
    state: shown,
    ...(step !== undefined && { step }),
    ...(total !== undefined && { total }),
    ...upload,
    lastSeenAt: new Date(seenMs).toISOString(),
  };
}
