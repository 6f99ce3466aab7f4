'use client';

import { X } from 'lucide-react';
import dynamic from 'next/dynamic';
import { memo, useMemo } from 'react';
import { ChartSkeleton } from '#components/charts/ChartSkeleton.tsx';
import { CsvButton } from '#components/charts/CsvButton.tsx';
import type { CurveView } from '#components/charts/curveSet.ts';
import { Panel } from '#components/ui/Panel.tsx';
import { Segments } from '#components/ui/Segments.tsx';
import { formatPlural } from '#lib/format/formatPlural.ts';
import { formatShare } from '#lib/format/formatShare.ts';
import { parseModule } from '#lib/modules/parseModule.ts';
import { SHARE_SCALE, type SpectrumSummary } from '#lib/spectrum/summariseSpectrum.ts';
import { useUrlState } from '#lib/url/useUrlState.ts';
import { CHART_HEIGHT } from './chartHeight.ts';
import { useModuleFocus } from './ModuleFocusProvider.tsx';
import { ModulePicker } from './ModulePicker.tsx';
import { useSelectedModules } from './useSelectedModules.ts';
import { fetchExactModules, type SpectrumSource, useExactModules, useSigmaSamples } from './useSpectrum.ts';

const EnergyChart = dynamic(
  () => import('#components/charts/EnergyChart.tsx').then((module) => module.EnergyChart),
  { ssr: false, loading: () => <ChartSkeleton height={CHART_HEIGHT} label="Loading the chart" /> },
);

const VIEWS = [
  { value: 'energy', label: 'Energy' },
  { value: 'sigma', label: 'σ' },
] as const;

const NOTHING: never[] = [];

interface EnergyPanelProps {
  source: SpectrumSource;
  summary: SpectrumSummary;
}

/** How many directions hold how much of the update, module by module. */
export const EnergyPanel = memo(function EnergyPanel({ source, summary }: EnergyPanelProps) {
  const [view, setView] = useUrlState('curve', 'energy');
  const { selected, toggle } = useSelectedModules(summary.modules);
  const samples = useSigmaSamples(source, true);
  const exact = useExactModules(source, selected);
  const shown = useMemo(
    () => exact.data?.modules.filter(({ name }) => selected.includes(name)) ?? NOTHING,
    [exact.data, selected],
  );
  const curve: CurveView = view === 'sigma' ? 'sigma' : 'energy';
  const zero = summary.modules.every(({ degenerate }) => degenerate);

  return (
    <Panel
      title={curve === 'sigma' ? 'Singular values' : 'Energy curve'}
      hint={zero ? undefined : hintOf(summary.modules.length)}
      actions={
        <>
          <Segments label="What the curves show" value={curve} onChange={setView} choices={VIEWS} />
          <ModulePicker modules={summary.modules} selected={selected} onToggle={toggle} />
          <CsvButton
            what="energy curves"
            fileName={`${source.federation}-round-${source.round}-energy.csv`}
            table={() => energyTable(source, summary, selected)}
          />
        </>
      }
    >
      {zero ? (
        <p
          style={{ height: CHART_HEIGHT }}
          className="flex items-center justify-center text-[13px] text-muted"
        >
          The update is zero: there is no curve.
        </p>
      ) : curve === 'sigma' && samples.data === undefined ? (
        <ChartSkeleton height={CHART_HEIGHT} label="Loading the singular values" />
      ) : (
        <EnergyChart
          summary={summary}
          samples={samples.data}
          selected={shown}
          view={curve}
          height={CHART_HEIGHT}
          onToggle={toggle}
        />
      )}
      <Chips summary={summary} selected={selected} onToggle={toggle} />
    </Panel>
  );
});

function hintOf(modules: number): string {
  return `${formatPlural(modules, 'module')} faint, the selected ones bold; p marked`;
}

interface ChipsProps {
  summary: SpectrumSummary;
  selected: readonly string[];
  onToggle: (module: string) => void;
}

/** The selected modules with their figures. */
function Chips({ summary, selected, onToggle }: ChipsProps) {
  const focus = useModuleFocus();
  return (
    <ul aria-label="Selected modules" className="mt-2 flex min-h-14 flex-wrap content-start gap-1.5">
      {selected.map((name, slot) => {
        const module = summary.modules.find((candidate) => candidate.name === name);
        if (module === undefined) {
          return null;
        }
        const { layer, projection } = parseModule(name);
        return (
          <li
            key={name}
            title={name}
            onPointerEnter={() => focus.set(name)}
            onPointerLeave={() => focus.set(undefined)}
            className="figures inline-flex max-w-full items-center gap-2 rounded-full border border-line bg-surface py-0.5 pr-1 pl-2.5 text-xs"
          >
            <span
              className="size-2 shrink-0 rounded-full"
              style={{ background: `var(--series-${slot + 1})` }}
            />
            <span className="truncate">{layer === undefined ? name : `L${layer} ${projection}`}</span>
            <span className="shrink-0 text-muted">
              p {module.rank} of {module.length}, {formatShare(module.energyKept)}
            </span>
            <button
              type="button"
              aria-label={`Take ${name} off the chart`}
              onClick={() => onToggle(name)}
              className="rounded-full p-1 text-muted hover:bg-hover hover:text-text"
            >
              <X size={12} aria-hidden="true" />
            </button>
          </li>
        );
      })}
    </ul>
  );
}

/** Every value of the selected modules; all modules on the chart's grid where none is selected. */
async function energyTable(source: SpectrumSource, summary: SpectrumSummary, selected: readonly string[]) {
  if (selected.length === 0) {
    return {
      header: ['module', 'index', 'cumulativeShare'],
      rows: summary.modules.flatMap(({ name, curve }) =>
        curve.map((share, at) => [name, summary.grid[at], share / SHARE_SCALE]),
      ),
    };
  }
  const { modules } = await fetchExactModules(source, selected);
  return {
    header: ['module', 'index', 'sigma', 'cumulativeShare'],
    rows: modules.flatMap(({ name, singularValues, shares }) =>
      singularValues.map((sigma, at) => [name, at + 1, sigma, shares[at]]),
    ),
  };
}
