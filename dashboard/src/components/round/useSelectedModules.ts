'use client';

import { useCallback, useMemo } from 'react';
import { OVERLAY_MAX } from '#lib/spectrum/exactModules.ts';
import type { ModuleSummary } from '#lib/spectrum/summariseSpectrum.ts';
import { useUrlState } from '#lib/url/useUrlState.ts';

/** Stands in the URL for an empty selection; nothing at all stands for the proposed one. */
const NONE = 'none';

/** The modules drawn bold, kept in the URL. At first those of the largest and the smallest rank. */
export function useSelectedModules(modules: readonly ModuleSummary[]) {
  const [text, setText] = useUrlState('modules', '');
  const selected = useMemo(() => {
    if (text === '') {
      return propose(modules);
    }
    const known = new Set(modules.map(({ name }) => name));
    return text.split(',').filter((name) => known.has(name));
  }, [text, modules]);

  const toggle = useCallback(
    (module: string) => {
      const next = selected.includes(module)
        ? selected.filter((name) => name !== module)
        : [...selected, module].slice(-OVERLAY_MAX);
      setText(next.length === 0 ? NONE : next.join(','));
    },
    [selected, setText],
  );
  return { selected, toggle, clear: useCallback(() => setText(NONE), [setText]) };
}

function propose(modules: readonly ModuleSummary[]): string[] {
  const live = modules.filter(({ degenerate }) => !degenerate);
  const [first] = live;
  if (first === undefined) {
    return [];
  }
  const largest = live.reduce((best, module) => (module.rank > best.rank ? module : best), first);
  const smallest = live.reduce((best, module) => (module.rank < best.rank ? module : best), first);
  return largest === smallest ? [largest.name] : [largest.name, smallest.name];
}
