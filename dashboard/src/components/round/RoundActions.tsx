'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { OpenRoundButton } from '#components/federation/OpenRoundButton.tsx';
import { useRole } from '#components/shell/RoleProvider.tsx';
import { ConfirmDialog } from '#components/ui/ConfirmDialog.tsx';
import { GuardedButton } from '#components/ui/GuardedButton.tsx';
import { browserApi } from '#lib/api/browserApi.ts';
import type { Round } from '#lib/api/types.ts';
import { unwrap } from '#lib/api/unwrap.ts';
import { isOfPolicies, TOO_FEW_SUBMISSIONS } from '#lib/federation/describeFailure.ts';
import { retryInput } from '#lib/federation/retryInput.ts';
import { keys } from '#lib/queries/keys.ts';
import { queries } from '#lib/queries/queries.ts';
import { roundActs } from './roundActs.tsx';

/** What an operator can do with the round as it stands; each act says first what it will do. */
export function RoundActions({ federation, round }: { federation: string; round: Round }) {
  const client = useQueryClient();
  const [asking, setAsking] = useState<string>();
  const { data: whole } = useQuery(queries.federation(browserApi, federation));
  if (useRole() !== 'operator') {
    return null;
  }
  const perform = async (act: 'close' | 'cancel' | 'retry') => {
    const changed = await unwrap(
      browserApi.POST(`/v1/federations/{federation}/rounds/{round}/${act}`, {
        params: { path: { federation, round: String(round.number) } },
        ...(act === 'retry' && isOfPolicies(round.error) && whole
          ? { body: { aggregation: retryInput(whole.aggregation) } }
          : {}),
      }),
    );
    client.setQueryData(keys.round(federation, round.number), changed);
    await client.invalidateQueries({ queryKey: keys.adapters(federation, round.number) });
  };
  return (
    <div className="flex flex-wrap gap-2">
      {roundActs(federation, round, whole?.aggregation).map((act) => (
        <span key={act.act}>
          <GuardedButton
            look={act.danger ? 'secondary' : 'primary'}
            blocked={act.blocked}
            onClick={() => setAsking(act.act)}
          >
            {act.label}
          </GuardedButton>
          <ConfirmDialog
            open={asking === act.act}
            onOpenChange={(open) => setAsking(open ? act.act : undefined)}
            title={act.title}
            consequence={act.consequence}
            act={act.label}
            danger={act.danger}
            onConfirm={() => perform(act.act)}
          />
        </span>
      ))}
      {round.error?.code === TOO_FEW_SUBMISSIONS && <OpenNext federation={federation} after={round.number} />}
    </div>
  );
}

/** The way on from a round that ended in vain, while it is the latest. */
function OpenNext({ federation, after }: { federation: string; after: number }) {
  const { data } = useQuery(queries.federation(browserApi, federation));
  return data?.latestRound?.number === after && <OpenRoundButton federation={data} />;
}
