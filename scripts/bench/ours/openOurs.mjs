// @ts-check
import { Complaint } from '../../terminal/complaint.mjs';
import { forkOurs } from './forkOurs.mjs';

/** @typedef {import('./timeModule.mjs').Timed} Timed */
/** @typedef {import('../fleet/toFleet.mjs').Fleet} Fleet */
/**
 * @typedef {{ op: 'load', fleet: Fleet } | { op: 'aggregate', times: number } | { op: 'productRate' }} OursRequest
 * @typedef {{ answer: unknown } | { failure: string }} OursReply
 */
/**
 * @typedef {object} Ours a process like one of the worker's children; it does one thing at a time
 * @property {(fleet: Fleet) => Promise<void>} load reads the fleet's first module, in place of the one before
 * @property {(times: number) => Promise<Timed[]>} aggregate that module, so many times in a row
 * @property {() => Promise<number>} productRate see productRate.mjs
 * @property {() => Promise<void>} close
 */

/** @returns {Ours} with a kernel that uses all cores for one product */
export function openOurs() {
  const child = forkOurs(new URL('oursProcess.mjs', import.meta.url));
  const ended = new Promise((resolve) => child.once('exit', resolve));
  let errors = '';
  child.stderr?.setEncoding('utf8').on('data', (chunk) => {
    errors += chunk;
  });
  /** @type {(request: OursRequest) => Promise<any>} */
  const ask = (request) =>
    new Promise((resolve, reject) => {
      const onMessage = (/** @type {any} */ reply) => {
        child.off('close', onClose);
        if ('failure' in reply) reject(new Complaint('Florist failed.', { log: reply.failure }));
        else resolve(reply.answer);
      };
      const onClose = () => {
        child.off('message', onMessage);
        reject(new Complaint("Florist's process ended; its output is above.", { log: errors }));
      };
      child.once('message', onMessage).once('close', onClose);
      child.send(request, (error) => error && onClose());
    });
  return {
    load: (fleet) => ask({ op: 'load', fleet }),
    aggregate: (times) => ask({ op: 'aggregate', times }),
    productRate: () => ask({ op: 'productRate' }),
    close: async () => {
      if (child.connected) child.disconnect();
      await ended;
    },
  };
}
