'use client';

import type { Adapter, AdapterResult } from '#lib/api/types.ts';
import { formatBytes } from '#lib/format/formatBytes.ts';
import { formatCount } from '#lib/format/formatCount.ts';
import { formatPlural } from '#lib/format/formatPlural.ts';
import { formatRatio } from '#lib/format/formatRatio.ts';
import { formatSeconds } from '#lib/format/formatSeconds.ts';
import { formatShare } from '#lib/format/formatShare.ts';
import { Tile, Tiles } from './Tiles.tsx';

/** The five figures of an adapter; their places are held until it is published. */
export function RoundTiles({ adapter }: { adapter: Adapter | undefined }) {
  const result = adapter?.result;
  return (
    <Tiles columns={5}>
      <Tile
        name="Rank"
        tip={
          result &&
          `${result.totalRank} over ${formatPlural(result.modules, 'module')}, of the exact stack’s ${result.stackedRank}`
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
    </Tiles>
  );
}

function degenerate({ degenerateModules }: AdapterResult): string | undefined {
  return degenerateModules > 0 ? formatPlural(degenerateModules, 'zero module') : undefined;
}
