'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useRole } from '#components/shell/RoleProvider.tsx';
import { Button } from '#components/ui/Button.tsx';
import { ConfirmDialog } from '#components/ui/ConfirmDialog.tsx';
import { Tip } from '#components/ui/Tip.tsx';
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
  const button = (
    <Button
      look="primary"
      aria-disabled={!operator || !ready}
      onClick={() => operator && ready && setAsking(true)}
    >
      Open round {next}
    </Button>
  );
  return (
    <>
      {operator && ready ? (
        button
      ) : (
        <Tip
          side="bottom"
          text={
            operator
              ? `Round ${latestRound?.number} is still ${latestRound?.state}; the next opens when it has ended.`
              : 'Only an operator can open a round.'
          }
        >
          {button}
        </Tip>
      )}
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
