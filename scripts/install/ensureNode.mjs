// @ts-check
import { readFileSync } from 'node:fs';
import { inRoot } from '../processes/root.mjs';

/** Ends the process with one line when this Node is older than package.json asks for. */
export function ensureNode() {
  const wanted = /(\d+)\.(\d+)/.exec(JSON.parse(readFileSync(inRoot('package.json'), 'utf8')).engines.node);
  const [major, minor] = process.versions.node.split('.').map(Number);
  const [wantedMajor, wantedMinor] = [Number(wanted?.[1]), Number(wanted?.[2])];
  if (major === undefined || minor === undefined) return;
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return;
  process.stderr.write(
    `✗ Florist needs Node ${wantedMajor}.${wantedMinor} or newer; this is ${process.versions.node}.\n`,
  );
  process.exit(1);
}
