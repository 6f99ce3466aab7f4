/**
 * The published builds of ONNX Runtime tell their maker about the models, the machine and every session, and keep an
 * identifier of the machine and a queue of what is still to be told in the home folder. This variable forbids all of
 * it; it is read at the first session, so it must be set by then.
 */
process.env.ORT_DISABLE_TELEMETRY = '1';
