// @ts-check
import { setTimeout as sleep } from 'node:timers/promises';
import { Complaint } from '../terminal/complaint.mjs';

/** A cold start on a slow disk takes a few seconds; one that takes longer than this has gone wrong. */
const READY_WITHIN_MS = 60_000;
const POLL_MS = 100;

/** @typedef {import('../processes/supervise.mjs').Supervised} Supervised */

/**
 * Waits for a condition while processes must not end: one that crashes at the start will crash again.
 *
 * @param {Supervised[]} processes
 * @param {() => Promise<boolean>} isReady
 * @param {AbortSignal} [signal] that ends the wait
 * @throws {Complaint} with the last words of the process that ended, or of the last one when time is up
 */
export async function waitUntilReady(processes, isReady, signal) {
  let end = '';
  /** @type {Supervised | undefined} */
  let speaker;
  for (const each of processes) {
    void each.firstEnd.then((how) => {
      if (end) return;
      end = `The ${each.name} ${how} before it was ready`;
      speaker = each;
    });
  }
  const until = performance.now() + READY_WITHIN_MS;
  while (!(await isReady())) {
    if (signal?.aborted) throw new Complaint('Stopped before everything was ready.');
    if (!end && performance.now() > until) {
      speaker = processes.at(-1);
      end = `The ${speaker?.name} was not ready in ${READY_WITHIN_MS / 1000} s`;
    }
    if (end) throw explain(end, speaker?.lastLines() ?? []);
    await sleep(POLL_MS);
  }
}

/**
 * What a process says plainly at its end is the reason; else its log has to speak.
 *
 * @param {string} end
 * @param {string[]} lines
 */
function explain(end, lines) {
  const reason = lines.at(-1) ?? '';
  if (/^florist \w+: /.test(reason)) return new Complaint(`${end}: ${reason}.`);
  return new Complaint(`${end}; its last lines are above.`, { log: lines.join('\n') });
}

/**
 * Whether a GET of this URL is answered well.
 *
 * @param {string} url
 * @throws {Complaint} when somebody answers whose certificate is not trusted: time does not heal that
 */
export const answers = (url) =>
  fetch(url).then(
    (response) => response.ok,
    (error) => {
      const code = String(error.cause?.code);
      if (UNTRUSTED.test(code))
        throw new Complaint(`The certificate at ${url} is not trusted (${code}): ${ADVICE}`);
      return false;
    },
  );

/** How Node calls a certificate of an unknown CA, one that is not valid now, and one of another name. */
const UNTRUSTED = /SELF_SIGNED|UNABLE_TO_|CERT_|ALTNAME/;
const ADVICE =
  'set NODE_EXTRA_CA_CERTS to the file of its CA, and HOST or FLORIST_API_URL to a name that it was made for.';
