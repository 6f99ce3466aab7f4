'use client';

import type { ReactNode } from 'react';
import { Tip } from '#components/ui/Tip.tsx';
import type { Adapter, AdapterResult } from '#lib/api/types.ts';
import { formatBytes } from '#lib/format/formatBytes.ts';
import { formatCount } from '#lib/format/formatCount.ts';
import { formatRatio } from '#lib/format/formatRatio.ts';
import { formatSeconds } from '#lib/format/formatSeconds.ts';
import { formatShare } from '#lib/format/formatShare.ts';

/** The five figures of an adapter; their places are held until it is published. */
export function RoundTiles({ adapter }: { adapter: Adapter | undefined }) {
  const result = adapter?.result;
  return (
    <dl className="mb-5 grid grid-cols-2 gap-px overflow-hidden rounded-lg border border-line bg-line sm:grid-cols-3 lg:grid-cols-5">
      <Tile
        name="Rank"
        tip={
          result &&
          `${result.totalRank} over ${result.modules} modules, of the exact stack’s ${result.stackedRank}; ${result.degenerateModules} modules are zero`
        }
        value={result && formatCount(result.totalRank)}
        beside={result && `/ ${formatCount(result.stackedRank)}`}
      />
      <Tile
        name="Energy"
        tip={result && `${result.energyKept} of Σ‖ΔW‖² over all modules is kept`}
        value={result && formatShare(result.energyKept)}
        beside={result && degenerate(result)}
      />
      <Tile
        name="Download"
        tip={
          result &&
          `${formatCount(result.bytes)} bytes, ${formatCount(result.parameters)} parameters in ${adapter?.aggregation.dtype}; FLoRA sends the whole stack, rank ${formatCount(result.stackedRank)}`
        }
        value={result && formatBytes(result.bytes)}
        beside={result && `${formatRatio(result.totalRank, result.stackedRank) ?? ''} against FLoRA`}
      />
      <Tile
        name="Error"
        tip={
          result &&
          `‖ΔW − B_gA_g‖ / ‖ΔW‖ = ${result.relativeError}. For FLoRIST it is √(1 − energy kept): ${formatShare(1 - result.energyKept)} of the energy is cut.`
        }
        value={result && formatShare(result.relativeError)}
        beside={result && 'of ΔW'}
      />
      <Tile
        name="Time"
        tip={
          result &&
          `${result.seconds} s from closing to publication; ${result.computeSeconds} s in aggregation, summed over modules`
        }
        value={result && formatSeconds(result.seconds)}
        beside={result?.executionProvider.toUpperCase()}
      />
    </dl>
  );
}

function degenerate({ degenerateModules }: AdapterResult): string | undefined {
  return degenerateModules > 0 ? `${degenerateModules} zero modules` : undefined;
}

interface TileProps {
  name: string;
  value: string | undefined;
  /** The baseline it is read against. */
  beside: ReactNode;
  tip: string | undefined;
}

function Tile({ name, value, beside, tip }: TileProps) {
  return (
    <div className="min-w-0 bg-surface px-4 py-2.5 last:max-lg:col-span-full sm:last:max-lg:col-auto">
      <dt className="text-xs text-muted">{name}</dt>
      <dd className="figures mt-0.5 flex min-h-7 flex-wrap items-baseline gap-x-2">
        {value === undefined ? (
          <span className="text-xl text-faint">—</span>
        ) : (
          <Tip text={tip} side="bottom">
            <button type="button" className="cursor-default text-xl font-semibold tracking-tight">
              {value}
            </button>
          </Tip>
        )}
        {beside !== undefined && <span className="text-xs text-muted">{beside}</span>}
      </dd>
    </div>
  );
}
