// @ts-check

import { PROBLEMS } from '../../../core/dist/errors/problems.js';
import { readAdapter } from '../../../core/dist/peft/readAdapter.js';
import { readConfig } from '../../../core/dist/peft/readConfig.js';
import { AdapterScanner } from '../../../core/dist/safetensors/adapterScanner.js';
import { cutBytes } from '../draw/edits.mjs';
import { buildForm, drawForm } from '../draw/forms.mjs';
import { promise } from '../oracles/promise.mjs';
import { verdictOn } from '../oracles/verdictOn.mjs';
import { closeConnections, sendForm } from '../upload/sendForm.mjs';
import { startTarget } from '../upload/startTarget.mjs';

/** Far above the size of any drawn file. */
const FILE_BYTES_MAX = 1 << 20;
/** How long what a sender that has gone leaves behind may take to go, in milliseconds, on a busy machine. */
const TIDY_MS_MAX = 30_000;
const POLL_MS = 50;

/** @type {import('../upload/startTarget.mjs').UploadTarget} */
let service;
/** @type {string} */
let untouched;

/** @type {import('../tryTarget.mjs').Target<import('../draw/forms.mjs').DrawnForm> & Pick<Awaited<ReturnType<typeof import('../targets.mjs').loadTarget>>, 'open'>} */
export const upload = {
  name: 'upload',
  draw: drawForm,
  async open() {
    service = await startTarget();
    untouched = JSON.stringify(await service.look());
    const close = async () => {
      closeConnections();
      await service.stop();
    };
    return { close, memory: service.memory };
  },
  async run(drawn) {
    const form = buildForm(drawn);
    const { type, sending, replace } = drawn;
    const answer = await sendForm(`${service.url}${replace ? '?replace=true' : ''}`, {
      ...{ token: service.token, type, pieces: cutBytes(form.body, drawn.cuts) },
      ...{ chunked: sending === 'chunked', gone: sending === 'gone' },
    });
    if (answer === undefined) return 'gone';
    if (answer.status < 300) {
      promise(answer.status === 201, `a first submission is 201, not ${answer.status}`);
      await service.withdraw();
      // edits of the body may have changed what arrived; only a form that is whole says what must be in it
      if (form.plain) promise(verdictOnContent(form).accepted, 'what core refuses is refused');
      return 'accepted';
    }
    return checkProblem(answer);
  },
  async settle() {
    const deadline = performance.now() + TIDY_MS_MAX;
    let found = '';
    while (performance.now() < deadline) {
      found = await service.look().then(JSON.stringify, String);
      if (found === untouched) return;
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
    promise(false, `nothing is stored and the api lives on: ${found} in place of ${untouched}`);
  },
};

/** @param {{ file: Uint8Array, config: Uint8Array }} form */
const verdictOnContent = ({ file, config }) =>
  verdictOn(() => {
    const scanner = new AdapterScanner({ fileBytesMax: FILE_BYTES_MAX });
    scanner.push(file);
    return readAdapter(scanner.finish(), readConfig(JSON.parse(new TextDecoder().decode(config))));
  });

/**
 * A refusal is a problem document of the caller's fault.
 *
 * @param {import('../upload/sendForm.mjs').Answer} answer
 * @returns {string} its code
 */
function checkProblem({ status, type, text }) {
  promise(type.startsWith('application/problem+json'), `a refusal is a problem document, not ${type}`);
  const { code, status: told, title, detail, instance } = JSON.parse(text);
  // so an api says that its machine is overloaded, which is no matter of the case
  const overloaded = code === 'service_unavailable';
  promise((status >= 400 && status < 500) || overloaded, `a refusal is 4xx, not ${status}: ${text}`);
  promise(code in PROBLEMS && code !== 'internal' && told === status, `the problem fits its status: ${text}`);
  promise(
    [title, detail, instance].every((part) => typeof part === 'string' && part),
    `it is whole: ${text}`,
  );
  return code;
}
