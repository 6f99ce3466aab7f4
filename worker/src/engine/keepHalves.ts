/**
 * Has ONNX Runtime leave float16 tensors the Uint16Array that they come as. Where there is a Float16Array, as in
 * Node 24, onnxruntime-common makes one of it, whose length the binding takes for zero: "not enough space" (1.30.0).
 * It looks for that type once, when the first tensor is made.
 *
 * @param makeTensor makes any
 */
export function keepHalves(makeTensor: () => unknown): void {
  const found = Object.getOwnPropertyDescriptor(globalThis, 'Float16Array');
  Reflect.deleteProperty(globalThis, 'Float16Array');
  try {
    makeTensor();
  } finally {
    if (found !== undefined) Object.defineProperty(globalThis, 'Float16Array', found);
  }
}
