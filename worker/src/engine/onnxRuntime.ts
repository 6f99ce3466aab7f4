import './withoutTelemetry.js';
import { Tensor } from 'onnxruntime-node';
import { keepHalves } from './keepHalves.js';

keepHalves(() => new Tensor('uint8', [0]));

/** ONNX Runtime, of which nothing but this module imports the package. */
export { env, InferenceSession } from 'onnxruntime-node';
export { Tensor };
