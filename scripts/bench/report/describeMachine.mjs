// @ts-check
import { readFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { inRoot } from '../../processes/root.mjs';

const GIBIBYTE = 1024 ** 3;

/**
 * What measured, in one line.
 *
 * @param {number} cores
 * @param {import('../peer/openPeer.mjs').Peer} [peer]
 */
export function describeMachine(cores, peer) {
  const { version } = JSON.parse(
    readFileSync(inRoot('node_modules', 'onnxruntime-node', 'package.json'), 'utf8'),
  );
  const parts = [
    `${cores} cores of ${cpus()[0]?.model.trim() ?? 'an unknown processor'}`,
    `${(totalmem() / GIBIBYTE).toFixed(0)} GiB`,
    `Node ${process.versions.node}`,
    `ONNX Runtime ${version}`,
    ...(peer ? [`peer: ${peer.description}`] : []),
  ];
  return parts.join(', ');
}
