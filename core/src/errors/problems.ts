/**
 * Every reason for which Florist refuses a request: a stable `code`, the HTTP status that carries it, and a
 * title. Codes never change once published; clients branch on them.
 */
export const PROBLEMS = {
  // the request itself
  request_invalid: { status: 400, title: 'The request does not match the documented shape' },
  request_timeout: { status: 408, title: 'The request took too long to arrive' },
  request_too_large: { status: 413, title: 'The request is larger than allowed' },
  media_type_unsupported: { status: 415, title: 'The content type is not supported here' },
  range_not_satisfiable: { status: 416, title: 'The requested byte range lies outside the file' },
  route_not_found: { status: 404, title: 'No such route' },
  method_not_allowed: { status: 405, title: 'The method is not supported here' },
  too_many_requests: { status: 429, title: 'Too many requests' },
  // who is asking
  token_missing: { status: 401, title: 'A bearer token is required' },
  token_invalid: { status: 401, title: 'The bearer token is not valid' },
  certificate_required: { status: 401, title: 'The token is good only beside its certificate' },
  role_insufficient: { status: 403, title: 'The token does not permit this' },
  token_not_found: { status: 404, title: 'No such token' },
  tokens_too_many: { status: 409, title: 'There are as many tokens as there may be' },
  // federations and clients
  federation_not_found: { status: 404, title: 'No such federation' },
  federation_exists: { status: 409, title: 'A federation of that name exists' },
  federation_busy: { status: 409, title: 'The federation is aggregating a round' },
  client_not_found: { status: 404, title: 'No such client' },
  // rounds
  round_not_found: { status: 404, title: 'No such round' },
  round_open: { status: 409, title: 'The latest round has not ended' },
  round_not_collecting: { status: 409, title: 'The round does not collect submissions' },
  round_too_few_submissions: { status: 409, title: 'The round has too few submissions to aggregate' },
  round_not_cancellable: { status: 409, title: 'The round has already ended' },
  round_not_failed: { status: 409, title: 'Only a failed round can be retried' },
  round_not_published: { status: 409, title: 'The round has not published an adapter' },
  cohort_too_small: { status: 409, title: 'The round would invite fewer clients than it needs' },
  client_not_invited: { status: 403, title: 'The client does not belong to the cohort of the round' },
  // submissions
  submission_not_found: { status: 404, title: 'No such submission' },
  submission_conflict: { status: 409, title: 'The client has already submitted other content' },
  submission_superseded: { status: 409, title: 'The client has submitted to a later round already' },
  submissions_gone: { status: 410, title: 'The submissions of the round were deleted' },
  submission_incomplete: { status: 422, title: 'The submission lacks a part' },
  examples_invalid: { status: 422, title: 'num_examples must be a whole number from 1 to 2^53 − 1' },
  safetensors_malformed: { status: 422, title: 'The adapter is not a valid safetensors file' },
  safetensors_too_large: { status: 413, title: 'The adapter is larger than allowed' },
  tensor_dtype_unsupported: { status: 422, title: 'A tensor has an unsupported dtype' },
  tensor_not_finite: { status: 422, title: 'A tensor holds NaN or infinity' },
  tensor_unexpected: { status: 422, title: 'A tensor is not part of a LoRA adapter' },
  tensor_unpaired: { status: 422, title: 'A LoRA factor lacks its counterpart' },
  rank_mismatch: { status: 422, title: 'Ranks disagree' },
  adapter_empty: { status: 422, title: 'The adapter holds no LoRA factors' },
  shape_mismatch: { status: 422, title: 'Shapes disagree with the federation' },
  modules_mismatch: { status: 422, title: 'The adapted modules disagree with the federation' },
  config_invalid: { status: 422, title: 'adapter_config.json is not a valid PEFT configuration' },
  config_unsupported: {
    status: 422,
    title: 'The PEFT configuration uses something Florist cannot aggregate',
  },
  // uploads in pieces
  upload_not_found: { status: 404, title: 'No such upload' },
  upload_offset_mismatch: { status: 409, title: 'The upload goes on at another offset' },
  upload_incomplete: { status: 409, title: 'The upload has not arrived whole' },
  upload_fragmented: { status: 422, title: 'The upload came in too many pieces' },
  uploads_too_many: { status: 409, title: 'The client has as many unfinished uploads as it may have' },
  tus_version_unsupported: { status: 412, title: 'Another version of the tus protocol is spoken here' },
  checksum_mismatch: { status: 460, title: 'The bytes received do not have the checksum sent' },
  quota_exceeded: { status: 413, title: 'The quota of bytes does not leave room for this' },
  // adapters
  adapter_not_found: { status: 404, title: 'No such adapter' },
  adapter_exists: { status: 409, title: 'The round already has an adapter made that way' },
  adapter_pending: { status: 409, title: 'The adapter is not published yet' },
  adapter_failed: { status: 409, title: 'The adapter could not be made' },
  adapter_not_sliceable: { status: 409, title: 'Adapters of this method cannot be cut to another rank' },
  // evaluations
  evaluation_closed: { status: 409, title: 'The round has chosen its adapter' },
  evaluation_conflict: { status: 409, title: 'The metric is better in the other direction' },
  metrics_too_many: { status: 409, title: 'The round has too many metrics' },
  // webhooks
  webhook_not_found: { status: 404, title: 'No such webhook' },
  webhooks_too_many: { status: 409, title: 'The federation has as many webhooks as it may have' },
  adapter_gone: { status: 410, title: 'The files of the adapter were deleted' },
  lineage_not_found: { status: 404, title: 'The adapter has no lineage' },
  sum_failed: { status: 500, title: 'The sum of the rounds could not be made' },
  // analysis
  module_not_found: { status: 404, title: 'The round has no such module' },
  similarity_unavailable: { status: 409, title: 'The round has too many clients to compare each with each' },
  // aggregation
  ffa_factors_differ: { status: 422, title: 'FFA-LoRA needs the same A factor from every client' },
  dtype_overflow: { status: 422, title: 'The global adapter does not fit the chosen dtype' },
  budget_too_small: { status: 422, title: 'The byte budget is below one rank per module' },
  clients_too_few: { status: 422, title: 'The weighting policy needs more clients to compare' },
  clients_too_many: { status: 422, title: 'The weighting policy cannot compare so many clients' },
  submission_damaged: { status: 500, title: 'A submission was damaged after it was accepted' },
  clients_all_dropped: { status: 422, title: 'The weighting policy leaves no client' },
  // the service
  storage_full: { status: 507, title: 'There is no space left to store this' },
  service_unavailable: { status: 503, title: 'The service cannot answer now' },
  internal: { status: 500, title: 'Something went wrong on the server' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemCode = keyof typeof PROBLEMS;
