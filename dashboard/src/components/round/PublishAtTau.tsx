'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useRole } from '#components/shell/RoleProvider.tsx';
import { Button } from '#components/ui/Button.tsx';
import { ConfirmDialog } from '#components/ui/ConfirmDialog.tsx';
import { Tip } from '#components/ui/Tip.tsx';
import { browserApi } from '#lib/api/browserApi.ts';
import { unwrap } from '#lib/api/unwrap.ts';
import { formatTau } from '#lib/federation/describeMethod.ts';
import { DTYPE_BYTES } from '#lib/federation/dtypeBytes.ts';
import { formatBytes } from '#lib/format/formatBytes.ts';
import { formatCount } from '#lib/format/formatCount.ts';
import { keys } from '#lib/queries/keys.ts';
import type { Totals } from '#lib/spectrum/totalsAt.ts';
import type { SpectrumSource } from './useSpectrum.ts';

interface PublishAtTauProps {
  source: SpectrumSource;
  tau: number;
  totals: Totals;
}

/** Derives another adapter from the round's submissions, at the τ found. */
export function PublishAtTau({ source, tau, totals }: PublishAtTauProps) {
  const { federation, round, adapter } = source;
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const operator = useRole() === 'operator';
  const { dtype, rank } = adapter.aggregation;
  const same = rank.policy === 'energy' && rank.tau === tau && adapter.aggregation.method === 'florist';
  const refusal = !operator
    ? 'Only an operator can publish.'
    : same
      ? `${adapter.id}, the adapter on view, was made at this τ. Move τ to see what another would give.`
      : undefined;

  const publish = async () => {
    await unwrap(
      browserApi.POST('/v1/federations/{federation}/rounds/{round}/adapters', {
        params: { path: { federation, round: String(round) } },
        body: { aggregation: { method: 'florist', rank: { policy: 'energy', tau }, dtype } },
      }),
    );
    await client.invalidateQueries({ queryKey: keys.adapters(federation, round) });
  };
  const button = (
    <Button
      look="primary"
      aria-disabled={refusal !== undefined}
      onClick={() => refusal === undefined && setAsking(true)}
    >
      Publish at τ {formatTau(tau)}
    </Button>
  );
  return (
    <>
      {refusal === undefined ? button : <Tip text={refusal}>{button}</Tip>}
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Publish another adapter of round ${round} at τ ${formatTau(tau)}?`}
        act="Publish"
        consequence={
          <>
            <p className="figures">
              Workers aggregate the round’s submissions again: total rank {formatCount(totals.totalRank)},{' '}
              {formatBytes(totals.parameters * DTYPE_BYTES[dtype])} in {dtype}.
            </p>
            <p>
              It is listed beside the others. Clients keep getting the current adapter until you make this one
              current.
            </p>
          </>
        }
        onConfirm={publish}
      />
    </>
  );
}
