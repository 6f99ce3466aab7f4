import type { Aggregation, AggregationInput } from '../api/types.ts';

/**
 * What a retry asks for instead of what failed: today's policies, all of them, since what is left out stays as the
 * round had it. What lacks modules is taken as the round collected, which the api does not change afterwards.
 */
export function retryInput({ missingModules, weighting, ...today }: Aggregation): AggregationInput {
  return { ...today, weighting: weighting ?? { by: 'examples' } };
}
