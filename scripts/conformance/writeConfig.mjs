// @ts-check
import { WEBHOOK_URLS } from './seedService.mjs';

/**
 * How often a parameter names something that exists; else it is generated, and the answer is most often 404.
 */
const EXISTING = 0.85;
/** How long an answer may take, in seconds, on a machine that is busy: none is known that takes one. */
const ANSWER_SECONDS = 20;
/** How long a long poll that is asked to wait for WAITS may take, in seconds. */
const POLL_SECONDS = 90;
/** Beyond a second each, long polls would be most of the run; the tests of the api wait longer. */
const WAITS = [0, 1];
/** A stream of events never ends: this many of it are read, or this many seconds. */
const STREAM = { events: 3, seconds: 2 };

/**
 * Statuses that a well-formed request may get beyond those that the check permits by itself (401, 403, 404, 409):
 * like these they speak of what is stored (a deleted file, a range beyond its end) or of the content of an
 * uploaded file, of which a schema can only say that it is binary.
 */
const ACCEPTED = ['2xx', '3xx', '401', '403', '404', '409', '410', '416', '422', '429', '5xx'];

/** What tus calls for where the version of the protocol is not named: the checks do not know it. */
const PRECONDITION_FAILED = '412';

/** Statuses that a request may get that lacks a header, beyond 412 those that the check permits by itself. */
const HEADER_MISSED = ['400', '401', '403', '406', '415', '422', PRECONDITION_FAILED];

/** The same of a malformed request, which may also announce a length beyond what the document states. */
const REFUSED = [...HEADER_MISSED, '404', '405', '409', '413', '428', '429', '5xx'];

/**
 * The configuration of Schemathesis (TOML): what exists by the parameters that mean it, and who asks. Every check
 * is on; what applies to single operations follows from the document.
 *
 * @param {import('./seedService.mjs').Seeds} seeds
 * @param {import('./probeAccess.mjs').Operation[]} operations of the document
 * @param {string} token of the operator
 * @param {string} hooks path of hooks.py
 */
export function writeConfig(seeds, operations, token, hooks) {
  const dictionaries = {
    ...{ federation: seeds.federations, doomed: seeds.doomed, client: seeds.clients, round: seeds.rounds },
    ...{ adapter: seeds.adapters, webhook: seeds.webhooks, url: WEBHOOK_URLS, wait: WAITS, after: ['0'] },
  };
  const parameters = ['federation', 'client', 'round', 'adapter', 'webhook'].map((name) =>
    bind(`path.${name}`, name, EXISTING),
  );
  return [
    `hooks = ${quote(hooks)}`,
    `request-timeout = ${ANSWER_SECONDS}`,
    ...Object.entries(dictionaries).map(
      ([name, values]) => `[dictionaries.${name}]\nvalues = ${JSON.stringify(values)}`,
    ),
    ['[parameters]', ...parameters, bind('body.url', 'url', 1), bind('query.after', 'after', EXISTING)].join(
      '\n',
    ),
    expect('positive_data_acceptance', ACCEPTED),
    expect('negative_data_rejection', REFUSED),
    expect('missing_required_header', HEADER_MISSED),
    `[auth.openapi]\nbearer = { bearer = ${quote(token)} }`,
    ...operations.flatMap((operation) => adjust(operation, seeds.clientToken)),
    '',
  ].join('\n\n');
}

/**
 * @param {import('./probeAccess.mjs').Operation} operation
 * @param {string} clientToken
 */
function adjust({ id, method, streams, waits, forClients }, clientToken) {
  const own = [
    ...(forClients ? [`headers = { Authorization = ${quote(`Bearer ${clientToken}`)} }`] : []),
    ...(streams ? [`max-stream-events = ${STREAM.events}`, `request-timeout = ${STREAM.seconds}`] : []),
    ...(waits ? [`request-timeout = ${POLL_SECONDS}`] : []),
  ];
  const bound = [
    ...(method === 'delete' ? [bind('path.federation', 'doomed', EXISTING)] : []),
    ...(waits ? [bind('query.waitSeconds', 'wait', 1)] : []),
  ];
  if (own.length + bound.length === 0) return [];
  const table = ['[[operations]]', `include-operation-id = ${quote(id)}`, ...own];
  return [[...table, ...(bound.length > 0 ? ['[operations.parameters]', ...bound] : [])].join('\n')];
}

/**
 * @param {string} parameter
 * @param {string} dictionary
 * @param {number} probability
 */
const bind = (parameter, dictionary, probability) =>
  `${quote(parameter)} = { dictionary = ${quote(dictionary)}, probability = ${probability.toFixed(2)} }`;

/**
 * @param {string} check
 * @param {string[]} statuses
 */
const expect = (check, statuses) => `[checks.${check}]\nexpected-statuses = ${JSON.stringify(statuses)}`;

/** @param {string} text a JSON string is a TOML string */
const quote = (text) => JSON.stringify(text);
