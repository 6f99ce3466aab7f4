import './withoutTelemetry.js';

/** ONNX Runtime, of which nothing but this module imports the package. */
export { env, InferenceSession, Tensor } from 'onnxruntime-node';
