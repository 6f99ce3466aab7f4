/** Candidates that a round may have; the api says so of one too many. */
export const CANDIDATES_MAX = 8;

/** What the api may find wrong with the candidates, together and one by one. */
export const TAU_POINTERS: readonly string[] = [
  '/candidates/taus',
  ...Array.from({ length: CANDIDATES_MAX }, (_, at) => `/candidates/taus/${at}`),
];

/** Fields of the body that the policy form shows beside the control they belong to. */
export const POLICY_POINTERS: readonly string[] = [
  '/aggregation/rank/tau',
  '/aggregation/rank/rank',
  '/aggregation/rank/bytes',
  '/aggregation/rank/totalRank',
  '/aggregation/weighting/maxShare',
  '/aggregation/weighting/robust/clip/norm',
  '/aggregation/weighting/robust/clip/timesMedian',
  '/aggregation/weighting/robust/dropCosine/below',
  '/aggregation/weighting/robust/multiKrum/faulty',
  '/aggregation/weighting/robust/multiKrum/keep',
  '/rounds/cohort',
  '/rounds/cohort/size',
  '/rounds/cohort/fraction',
  '/rounds/cohort/oversample',
  '/rounds/minSubmissions',
  '/rounds/maxSubmissions',
  '/rounds/deadlineSeconds',
  '/rounds/graceSeconds',
  '/rounds/extendSeconds',
  '/rounds/quorum',
  '/rounds/stalenessWeight',
  '/rounds/next/delaySeconds',
  '/rounds/next/stopAfterRounds',
  ...TAU_POINTERS,
  '/candidates/metric',
  '/candidates/margin',
  '/candidates/waitSeconds',
  '/candidates/minEvaluations',
  '/retention/submissionRounds',
  '/retention/adapterRounds',
  '/quotas/bytesPerClient',
  '/quotas/bytesPerFederation',
  '/quotas/requestsPerMinute',
];
