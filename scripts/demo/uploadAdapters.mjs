// @ts-check
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Complaint } from '../terminal/complaint.mjs';
import { formatBytes } from '../terminal/format.mjs';
import { openApi } from './openApi.mjs';

/** @typedef {import('./makeAdapters.mjs').Upload} Upload */

/**
 * Every client submits its two files with its own token, as curl -F would.
 *
 * @param {string} url of the service
 * @param {{ path: string, tokens: Map<string, string> }} round
 * @param {Upload[]} uploads
 * @param {(progress: string) => void} progress
 * @throws {Complaint} when a submission is refused, or a receipt is not for the bytes that were sent
 */
export async function uploadAdapters(url, { path, tokens }, uploads, progress) {
  let sent = 0;
  for (const [index, { name, rank, examples, folder }] of uploads.entries()) {
    progress(`${index} of ${uploads.length}, ${formatBytes(sent)}; now ${name}, rank ${rank}`);
    const file = await readFile(join(folder, 'adapter_model.safetensors'));
    const form = new FormData();
    form.append('num_examples', String(examples));
    form.append(
      'config',
      new Blob([await readFile(join(folder, 'adapter_config.json'))]),
      'adapter_config.json',
    );
    form.append('adapter', new Blob([file]), 'adapter_model.safetensors');
    const client = openApi(url, tokens.get(name) ?? '');
    const receipt = await client.form('PUT', `${path}/submissions/${name}`, form);
    if (receipt.sha256 !== createHash('sha256').update(file).digest('hex')) {
      throw new Complaint(`The receipt of ${name} is not for the file that was sent.`);
    }
    sent += file.length;
  }
}
