import type { SpectrumData } from './spectrumData.ts';

/** Overlays beyond this many cannot be told apart. */
export const OVERLAY_MAX = 6;

export interface ExactModule {
  name: string;
  singularValues: number[];
  /** Cumulative share of the energy at each index. */
  shares: number[];
}

/** Every value of a few modules, in the order asked for; unknown names are left out. */
export function exactModules(spectrum: SpectrumData, names: readonly string[]): { modules: ExactModule[] } {
  const byName = new Map(spectrum.modules.map((module) => [module.name, module]));
  const modules = names.slice(0, OVERLAY_MAX).flatMap((name) => {
    const module = byName.get(name);
    if (module === undefined) {
      return [];
    }
    const { energy, sigma, cumulative } = module;
    const shares = Array.from(cumulative, (sum) => (energy > 0 ? Math.min(1, sum / energy) : 0));
    return [{ name, singularValues: Array.from(sigma), shares }];
  });
  return { modules };
}
