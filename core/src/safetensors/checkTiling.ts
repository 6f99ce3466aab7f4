import { quoteName } from './quoteName.js';
import type { TensorEntry } from './safetensorsHeader.js';
import { tensorRefusal } from './tensorRefusal.js';

/**
 * Puts entries in the order of their bytes and checks that they tile the data from its start: no overlap, no
 * gap. Offsets are relative to the start of the data.
 * @returns the sorted entries and the size of the data in bytes
 * @throws {Refusal} safetensors_malformed, naming the tensor at which the tiling breaks
 */
export function checkTiling(entries: readonly TensorEntry[]): { tensors: TensorEntry[]; dataBytes: number } {
  const tensors = [...entries].sort((x, y) => x.begin - y.begin || x.end - y.end);
  let dataBytes = 0;
  let previous: TensorEntry | undefined;
  for (const tensor of tensors) {
    if (tensor.begin < dataBytes) {
      const other = quoteName(previous?.name ?? '');
      throw tensorRefusal('safetensors_malformed', tensor.name, `overlaps tensor ${other}`);
    }
    if (tensor.begin > dataBytes) {
      const gap = tensor.begin - dataBytes;
      throw tensorRefusal('safetensors_malformed', tensor.name, `leaves a gap of ${gap} bytes before it`);
    }
    dataBytes = tensor.end;
    previous = tensor;
  }
  return { tensors, dataBytes };
}
