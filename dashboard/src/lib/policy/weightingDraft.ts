import type { Robust, Weighting } from '../api/types.ts';
import { textOf, typed } from './typed.ts';

export type RobustPolicy = keyof Robust;

/** How much each client counts, as a form holds it. */
export interface WeightingDraft {
  weighBy: Weighting['by'];
  /** Empty for no cap. */
  maxShare: string;
  robust: readonly RobustPolicy[];
  clipBy: 'timesMedian' | 'norm';
  clipBound: string;
  cosineBelow: string;
  faulty: string;
  /** Empty for all but the faulty. */
  keep: string;
}

export const WEIGHTING_DEFAULT: WeightingDraft = {
  weighBy: 'examples',
  maxShare: '',
  robust: [],
  clipBy: 'timesMedian',
  clipBound: '1.5',
  cosineBelow: '0',
  faulty: '1',
  keep: '',
};

export function weightingDraftOf(weighting: Weighting | undefined): WeightingDraft {
  if (weighting === undefined) {
    return WEIGHTING_DEFAULT;
  }
  const { by, maxShare, robust = {} } = weighting;
  const { clip, dropCosine, multiKrum } = robust;
  return {
    ...WEIGHTING_DEFAULT,
    weighBy: by,
    maxShare: textOf(maxShare),
    robust: (['clip', 'dropCosine', 'multiKrum'] as const).filter((each) => robust[each] !== undefined),
    ...(clip?.norm !== undefined && { clipBy: 'norm', clipBound: String(clip.norm) }),
    ...(clip?.timesMedian !== undefined && { clipBound: String(clip.timesMedian) }),
    ...(dropCosine !== undefined && { cosineBelow: String(dropCosine.below) }),
    ...(multiKrum !== undefined && { faulty: String(multiKrum.faulty), keep: textOf(multiKrum.keep) }),
  };
}

export function toWeighting(draft: WeightingDraft): Weighting {
  return {
    by: draft.weighBy,
    ...(draft.maxShare !== '' && { maxShare: typed(draft.maxShare) }),
    ...(draft.robust.length > 0 && { robust: toRobust(draft) }),
  };
}

function toRobust({ robust, clipBy, clipBound, cosineBelow, faulty, keep }: WeightingDraft): Robust {
  return {
    ...(robust.includes('clip') && { clip: { [clipBy]: typed(clipBound) } }),
    ...(robust.includes('dropCosine') && { dropCosine: { below: typed(cosineBelow) } }),
    ...(robust.includes('multiKrum') && {
      multiKrum: { faulty: typed(faulty), ...(keep !== '' && { keep: typed(keep) }) },
    }),
  };
}
