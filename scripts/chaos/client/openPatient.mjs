// @ts-check
import { setTimeout as sleep } from 'node:timers/promises';
import { Complaint } from '../../terminal/complaint.mjs';

/** Answers that say: not now. The same request may be sent again after Retry-After. */
const NOT_NOW = new Set([429, 502, 503, 504, 507]);
/** Before another try when no answer says how long to wait, in milliseconds. */
const RETRY_MS = 100;
/** Nothing of ours is away for longer, in milliseconds, unless a fault is meant to be. */
const PATIENCE_MS = 180_000;

/** @typedef {{ status: number, json: any, bytes: Buffer }} Answer */
/**
 * @typedef {Record<string, number>} Troubles how often each came: 'refused' by a process that does not listen, so that
 *   nothing was sent; 'broken' off under way, and how; or a status
 */
/**
 * @typedef {object} Patient a client that does what the documentation asks of clients
 * @property {(method: string, path: string, body?: unknown) => Promise<Answer>} ask until there is an answer
 * @property {(attempt: (url: string) => Promise<{ status: number, retryAfter: string | null, bytes: Buffer }>) => Promise<Answer>} insist
 *   tries an attempt until it gets an answer
 * @property {() => Troubles} troubles that kept requests from their answers
 * @property {() => number} answered requests
 */

/**
 * @param {readonly string[]} urls of apis, of which any will do
 * @param {string} token
 * @param {(url: string) => boolean} [serves] whether to ask this one, if there is another
 * @returns {Patient}
 */
export function openPatient(urls, token, serves = () => true) {
  let turn = 0;
  let answered = 0;
  /** @type {Troubles} */
  const troubles = {};
  const note = (/** @type {string} */ what) => {
    troubles[what] = (troubles[what] ?? 0) + 1;
  };
  /** @type {Patient['insist']} */
  const insist = async (attempt) => {
    const until = performance.now() + PATIENCE_MS;
    let last = '';
    while (performance.now() < until) {
      const inTurn = [...urls.slice(turn), ...urls.slice(0, turn)];
      const url = inTurn.find(serves) ?? inTurn[0] ?? '';
      let waitMs = RETRY_MS;
      try {
        const { status, retryAfter, bytes } = await attempt(url);
        if (!NOT_NOW.has(status)) {
          answered += 1;
          return { status, bytes, json: parse(bytes) };
        }
        last = `${status} ${bytes.toString('utf8', 0, 300)}`;
        note(String(status));
        waitMs = retryAfter === null ? RETRY_MS : 1000 * Number(retryAfter);
      } catch (error) {
        last = error instanceof Error ? `${error.message} ${error.cause ?? ''}` : String(error);
        note(last.includes('ECONNREFUSED') ? 'refused' : `broken: ${last}`);
      }
      turn = (turn + 1) % urls.length;
      await sleep(waitMs);
    }
    throw new Complaint(`No answer within ${PATIENCE_MS / 1000} s; at last: ${last}`);
  };
  const headers = { authorization: `Bearer ${token}` };
  return {
    insist,
    troubles: () => troubles,
    answered: () => answered,
    ask: (method, path, body) =>
      insist(async (url) => {
        const more =
          body === undefined
            ? { headers }
            : { headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(body) };
        const response = await fetch(url + path, { method, ...more });
        const bytes = Buffer.from(await response.arrayBuffer());
        return { status: response.status, retryAfter: response.headers.get('retry-after'), bytes };
      }),
  };
}

/** @param {Buffer} bytes */
function parse(bytes) {
  try {
    return JSON.parse(bytes.toString());
  } catch {
    return undefined;
  }
}
