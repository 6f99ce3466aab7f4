/** Fields of the body that the policy form shows beside the control they belong to. */
export const POLICY_POINTERS = [
  '/aggregation/rank/tau',
  '/aggregation/rank/rank',
  '/aggregation/rank/bytes',
  '/rounds/minSubmissions',
  '/rounds/maxSubmissions',
  '/rounds/deadlineSeconds',
] as const;
