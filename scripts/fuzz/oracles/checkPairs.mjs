// @ts-check
import { promise } from './promise.mjs';

/** What may be a key of the ledger, of JSON objects and of patterns. */
const SAFE_NAME = /^[A-Za-z0-9_.-]{1,256}$/;

/**
 * Whether an adapter that was accepted is what its file holds: every tensor is one factor of one module, and each
 * module's factors fit.
 *
 * @param {import('../../../core/dist/safetensors/safetensorsHeader.js').SafetensorsHeader} header
 * @param {import('../../../core/dist/peft/adapterFile.js').AdapterFile} adapter
 */
export function checkPairs(header, adapter) {
  const tensors = new Map(header.tensors.map((tensor) => [tensor.name, tensor]));
  promise(tensors.size === 2 * adapter.modules.length && tensors.size > 0, 'every tensor is a factor');
  const names = new Set();
  for (const { name, shape, rank, scale, a, b } of adapter.modules) {
    promise(SAFE_NAME.test(name) && !(name in Object.prototype), `${JSON.stringify(name)} is safe as a key`);
    names.add(name);
    const [ofA, ofB] = [tensors.get(a.tensor), tensors.get(b.tensor)];
    promise(String(ofA?.shape) === String([rank, shape[1]]), 'A is (rank, n)');
    promise(String(ofB?.shape) === String([shape[0], rank]), 'B is (m, rank)');
    promise(ofA?.begin === a.begin && ofB?.end === b.end, 'factors are where their tensors are');
    promise(Number.isFinite(scale) && scale > 0, `the scale ${scale} counts forwards`);
    promise(rank >= 1 && rank <= adapter.rank, 'the largest rank is the largest');
  }
  promise(names.size === adapter.modules.length, 'modules differ');
}
