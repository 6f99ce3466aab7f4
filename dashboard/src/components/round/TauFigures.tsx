'use client';

import type { ReactNode } from 'react';
import { Bytes } from '#components/ui/Bytes.tsx';
import { Exact } from '#components/ui/Exact.tsx';
import type { Comparison } from '#lib/api/types.ts';
import { METHOD_NAMES } from '#lib/federation/describeMethod.ts';
import { formatCount } from '#lib/format/formatCount.ts';
import { formatEfficiency } from '#lib/format/formatEfficiency.ts';
import { formatRatio } from '#lib/format/formatRatio.ts';
import { formatShare } from '#lib/format/formatShare.ts';
import type { Totals } from '#lib/spectrum/totalsAt.ts';

interface TauFiguresProps {
  /** What chooses τ and acts on it. */
  controls: ReactNode;
  totals: Totals;
  bytesPerElement: number;
  published: Totals;
  comparison: Comparison | undefined;
  /** Rank of the exact stack, which FLoRA sends. */
  stackedRank: number;
}

/** The totals at the chosen τ, each beside its baseline. */
export function TauFigures(props: TauFiguresProps) {
  const { controls, totals, bytesPerElement, published, comparison, stackedRank } = props;
  const bytes = totals.parameters * bytesPerElement;
  const error = Math.sqrt(Math.max(0, 1 - totals.energyKept));
  const others = comparison?.methods.filter(({ method }) => method !== 'florist') ?? [
    { method: 'flora' as const, totalRank: stackedRank },
  ];
  return (
    <div className="mt-2 flex flex-wrap items-start gap-x-8 gap-y-4 border-t border-line pt-3">
      <div className="flex flex-wrap items-center gap-3">{controls}</div>
      <dl
        className="grid flex-1 basis-full grid-cols-2 gap-x-6 gap-y-2 sm:grid-cols-3 lg:basis-0 lg:grid-cols-5"
        aria-label="At this τ"
      >
        <Figure name="Total rank" beside={`${formatCount(published.totalRank)} on view`}>
          <Exact exact={String(totals.totalRank)}>{formatCount(totals.totalRank)}</Exact>
        </Figure>
        <Figure
          name="Tensor data"
          beside={`${formatRatio(totals.totalRank, stackedRank) ?? '—'} in rank against FLoRA`}
        >
          <Bytes value={bytes} />
        </Figure>
        <Figure name="Energy kept" beside={`${formatShare(published.energyKept)} on view`}>
          <Exact exact={String(totals.energyKept)}>{formatShare(totals.energyKept, 2)}</Exact>
        </Figure>
        <Figure name="Error, of ΔW" beside="√(1 − energy kept)">
          <Exact exact={String(error)}>{formatShare(error, 2)}</Exact>
        </Figure>
        <Figure name="Efficiency, ×10⁻⁴" beside="1 / total rank">
          <Exact exact={String(1 / totals.totalRank)}>{efficiencyOf(totals.totalRank)}</Exact>
        </Figure>
      </dl>
      <dl aria-label="Efficiency of other methods" className="figures flex flex-wrap gap-x-5 text-[13px]">
        {others.map(({ method, totalRank }) => (
          <div key={method}>
            <dt className="text-xs text-muted">{METHOD_NAMES[method]}</dt>
            <dd>{efficiencyOf(totalRank)}</dd>
            <dd className="text-xs text-muted">rank {formatCount(totalRank)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function efficiencyOf(totalRank: number): string {
  return totalRank > 0 ? formatEfficiency(1 / totalRank) : '—';
}

function Figure({ name, beside, children }: { name: string; beside: string; children: ReactNode }) {
  return (
    <div className="figures">
      <dt className="text-xs text-muted">{name}</dt>
      <dd className="text-base font-semibold">{children}</dd>
      <dd className="text-xs text-muted">{beside}</dd>
    </div>
  );
}
