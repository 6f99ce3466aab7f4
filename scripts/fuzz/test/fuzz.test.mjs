// @ts-check
import { execFile } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import fc from 'fast-check';
import t from 'tap';
import { cleanEnvironment } from '../../processes/cleanEnvironment.mjs';
import { inRoot } from '../../processes/root.mjs';
import { checkWellFormed } from '../oracles/checkWellFormed.mjs';
import { firstNonFinite } from '../oracles/firstNonFinite.mjs';
import { Finding } from '../oracles/promise.mjs';
import { verdictOn } from '../oracles/verdictOn.mjs';
import { readOptions } from '../readOptions.mjs';
import { tryTarget } from '../tryTarget.mjs';

t.test('options have defaults and bounds, and say what they are', async (t) => {
  t.match(readOptions([]), { cases: 1_000_000, seed: Number });
  t.match(readOptions(['--target', 'scanner', '--seed', '7']), { targets: ['scanner'], seed: 7 });
  t.throws(() => readOptions(['--cases', '0']), /--cases 0 is not a whole number/);
  t.throws(() => readOptions(['--target', 'moon']), /no target moon/);
});

t.test('a reader that throws what is no refusal is found, by the smallest case and a seed', async (t) => {
  const target = {
    name: 'broken',
    draw: fc.nat(10_000),
    run: (/** @type {number} */ input) =>
      verdictOn(() => {
        if (input >= 700) throw new TypeError('oops');
      }).accepted
        ? 'accepted'
        : 'refused',
  };
  const { found } = await tryTarget(target, { seed: 3, cases: 5000 }, () => {});
  t.match(found, { message: /only refusals are thrown, not TypeError: oops/, input: '700' });
  const again = await tryTarget(target, { seed: found?.seed ?? 0, cases: 1000 }, () => {});
  t.strictSame(again.found, found);
});

t.test('what a target finds between its batches is told too', async (t) => {
  const settle = () => Promise.reject(new Finding('something is left'));
  const target = { name: 'untidy', draw: fc.nat(), run: () => 'accepted', settle };
  const { tally, found } = await tryTarget(target, { seed: 1, cases: 5000 }, () => {});
  t.match(found, { message: 'something is left' });
  t.equal(tally.cases, 1000);
});

t.test('the oracle of files sees what a reader must not accept', async (t) => {
  const entry = '{"dtype":"F16","shape":[2],"data_offsets":[0,4]}';
  const read = { tensors: [{ name: 'a', dtype: 'F16', shape: [2], begin: 8, end: 12 }] };
  const check = (/** @type {string} */ header, dataBytes = 4) => {
    const file = Buffer.concat([Buffer.alloc(8), Buffer.from(header), Buffer.alloc(dataBytes)]);
    file.writeBigUInt64LE(BigInt(header.length));
    const dataStart = 8 + header.length;
    const tensors = read.tensors.map((each) => ({ ...each, begin: dataStart, end: dataStart + 4 }));
    checkWellFormed(file, { tensors });
  };
  t.doesNotThrow(() => check(`{"a":${entry}}`));
  t.throws(() => check(`{"a":${entry},"a":${entry}}`), /twice/);
  t.throws(() => check(`{"a":${entry}}`, 5), /fill the file/);
  t.throws(() => check(`{"a":${entry.replace('[2]', '[3]')}}`), /the bytes that its shape needs/);
  t.throws(() => check(`{"a":${entry},"b":${entry}}`), /every tensor is read/);
  t.throws(() => check(`{"__metadata__":{"x":1},"a":${entry}}`), /metadata are strings/);
});

t.test('the oracle of numbers knows every kind of one', async (t) => {
  const first = (/** @type {string} */ dtype, /** @type {number[]} */ ...bits) =>
    firstNonFinite(new Uint8Array(Uint16Array.from(bits).buffer), dtype);
  t.equal(first('F16', 0, 0x8000, 1, 0x7bff, 0x7c00), 4);
  t.equal(first('BF16', 0x7f7f, 0xff7f, 0xffc0), 2);
  t.equal(first('F32', 0, 0x7f7f, 0, 0x7f80), 1);
  t.equal(first('F32', 0xffff, 0x7f7f), -1);
});

/** The command, without installing and building first. */
const PROGRAM = `
  import { fuzz } from ${JSON.stringify(pathToFileURL(inRoot('scripts', 'fuzz', 'fuzz.mjs')))};
  process.exitCode = await fuzz(['--cases', '3000', '--seed', '1']);
`;

t.test('a short run over all targets finds nothing', { timeout: 240_000 }, async (t) => {
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', PROGRAM], {
    env: { ...process.env, ...cleanEnvironment() },
  });
  t.match(stdout, /\d,\d{3} cases, nothing found\./);
});
