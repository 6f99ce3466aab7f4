'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useRole } from '#components/shell/RoleProvider.tsx';
import { ConfirmDialog } from '#components/ui/ConfirmDialog.tsx';
import { GuardedButton } from '#components/ui/GuardedButton.tsx';
import { browserApi } from '#lib/api/browserApi.ts';
import type { Federation } from '#lib/api/types.ts';
import { unwrap } from '#lib/api/unwrap.ts';
import { describeMethod } from '#lib/federation/describeMethod.ts';
import { describeRoundPolicy } from '#lib/federation/describeRoundPolicy.ts';
import { hasEnded } from '#lib/federation/hasEnded.ts';
import { keys } from '#lib/queries/keys.ts';

/** Opens the next round, once the one before has ended. */
export function OpenRoundButton({ federation }: { federation: Federation }) {
  const { name, latestRound, aggregation, rounds } = federation;
  const router = useRouter();
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const operator = useRole() === 'operator';
  const next = (latestRound?.number ?? 0) + 1;
  const ready = latestRound === undefined || hasEnded(latestRound.state);

  const open = async () => {
    const round = await unwrap(
      browserApi.POST('/v1/federations/{federation}/rounds', { params: { path: { federation: name } } }),
    );
    client.setQueryData(keys.round(name, round.number), round);
    router.push(`/federations/${name}/rounds/${round.number}`);
  };
  const blocked = !operator
    ? 'Only an operator can open a round.'
    : ready
      ? undefined
      : `Round ${latestRound.number} is still ${latestRound.state}; the next opens when it has ended.`;
  return (
    <>
      <GuardedButton look="primary" blocked={blocked} onClick={() => setAsking(true)}>
        Open round {next}
      </GuardedButton>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Open round ${next} of ${name}?`}
        act={`Open round ${next}`}
        consequence={
          <p>
            Its clients can submit from now on. The round keeps today’s policies, whatever is changed later:{' '}
            {describeMethod(aggregation)}, {aggregation.dtype}; {describeRoundPolicy(rounds)}.
          </p>
        }
        onConfirm={open}
      />
    </>
  );
}
