import { tensorRefusal } from '../safetensors/tensorRefusal.js';
import { MODULE_DEPTH_MAX, MODULE_NAME_MAX } from './limits.js';

/** What PyTorch module paths are made of in practice; leaves out path separators, controls and white space. */
const MODULE_NAME = /^[\w-]+(?:\.[\w-]+)*$/;

/**
 * Checks a module's name, which becomes a key of the ledger, of patterns and of JSON objects.
 * @throws {Refusal} tensor_unexpected, naming the tensor
 */
export function checkModuleName(module: string, tensor: string): void {
  if (module.length > MODULE_NAME_MAX) {
    throw tensorRefusal(
      'tensor_unexpected',
      tensor,
      `has a module name of more than ${MODULE_NAME_MAX} characters`,
    );
  }
  if (module.split('.').length > MODULE_DEPTH_MAX) {
    const detail = `has a module name of more than ${MODULE_DEPTH_MAX} parts`;
    throw tensorRefusal('tensor_unexpected', tensor, detail);
  }
  // A name such as "constructor" would be found in objects that never got it as a key.
  if (!MODULE_NAME.test(module) || module in Object.prototype) {
    throw tensorRefusal('tensor_unexpected', tensor, 'has a module name that is not permitted');
  }
}
