'use client';

import { useQuery } from '@tanstack/react-query';
import { Moment } from '#components/ui/Moment.tsx';
import { Notice } from '#components/ui/Notice.tsx';
import { TextLink } from '#components/ui/TextLink.tsx';
import { browserApi } from '#lib/api/browserApi.ts';
import type { Round } from '#lib/api/types.ts';
import {
  describeFailure,
  isOfPolicies,
  SUBMISSION_DAMAGED,
  TOO_FEW_SUBMISSIONS,
} from '#lib/federation/describeFailure.ts';
import { queries } from '#lib/queries/queries.ts';

interface FailureNoticeProps {
  federation: string;
  round: Round;
  error: NonNullable<Round['error']>;
}

/** Why a round failed, what is safe, and what to do next. */
export function FailureNotice({ federation, round, error }: FailureNoticeProps) {
  const { title, detail } = describeFailure(error);
  return (
    <Notice tone="danger" title={title}>
      <p>
        {detail} <code className="font-mono text-xs">{error.code}</code>
      </p>
      {error.code === TOO_FEW_SUBMISSIONS ? (
        <Ended federation={federation} number={round.number} />
      ) : round.submissionsDeletedAt === undefined ? (
        <WayOn federation={federation} error={error} />
      ) : (
        <p>The files of its submissions were deleted, so it cannot be aggregated any more.</p>
      )}
    </Notice>
  );
}

function WayOn({ federation, error }: Pick<FailureNoticeProps, 'federation' | 'error'>) {
  if (isOfPolicies(error)) {
    return (
      <p>
        All submissions are stored. Change the cause under <PolicyLink federation={federation} />, then retry,
        which takes the policies of then; nothing has to be sent again.
      </p>
    );
  }
  return (
    <p>
      {error.code === SUBMISSION_DAMAGED
        ? 'All others are stored as they came.'
        : 'All submissions are stored. Remove the cause, then retry; nothing has to be sent again.'}
    </p>
  );
}

function PolicyLink({ federation }: { federation: string }) {
  return (
    <TextLink href={`/federations/${federation}/policy`} className="underline">
      Policy
    </TextLink>
  );
}

function Ended({ federation, number }: { federation: string; number: number }) {
  const { data } = useQuery(queries.federation(browserApi, federation));
  return (
    <p>
      It was not aggregated.{' '}
      {data?.latestRound?.number === number && data.nextRoundAt !== undefined ? (
        <>
          Round {number + 1} opens by itself <Moment at={data.nextRoundAt} />.{' '}
        </>
      ) : (
        data?.latestRound?.number === number && <>Open round {number + 1} to go on. </>
      )}
      <PolicyLink federation={federation} /> says how many submissions a round needs, and what happens at its
      deadline.
    </p>
  );
}
