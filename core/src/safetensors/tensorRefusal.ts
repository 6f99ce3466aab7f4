import { Refusal, type RefusalCode } from '../errors/refusal.js';
import { clipName } from './clipName.js';
import { quoteName } from './quoteName.js';

/**
 * A refusal because of one tensor.
 * @param detail what is wrong, worded so that it reads on after the tensor's name
 */
export function tensorRefusal(code: RefusalCode, tensor: string, detail: string): Refusal {
  return new Refusal(code, `tensor ${quoteName(tensor)} ${detail}`, [{ tensor: clipName(tensor), detail }]);
}
