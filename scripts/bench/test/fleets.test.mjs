// @ts-check

import { readFile } from 'node:fs/promises';
import t from 'tap';
import { readAdapter } from '../../../core/dist/peft/readAdapter.js';
import { readConfig } from '../../../core/dist/peft/readConfig.js';
import { parseHeader } from '../../../core/dist/safetensors/parseHeader.js';
import { trimFleet } from '../fleet/trimFleet.mjs';
import { writeFleet } from '../fleet/writeFleet.mjs';
import { openFleetModule } from '../ours/openFleetModule.mjs';

/** @type {import('../fleet/toFleet.mjs').Fleet['modules']} */
const MODULES = [
  { name: 'layers.0.q_proj', shape: [12, 8] },
  { name: 'layers.0.v_proj', shape: [6, 8] },
  { name: 'layers.1.q_proj', shape: [12, 8] },
];
const CLIENTS = [
  { name: 'a', rank: 2, examples: 100 },
  { name: 'b', rank: 3, examples: 300 },
];

/** @param {string | undefined} folder */
async function read(folder) {
  const file = await readFile(`${folder}/adapter_model.safetensors`);
  const config = readConfig(JSON.parse(await readFile(`${folder}/adapter_config.json`, 'utf8')));
  return { file, adapter: readAdapter(parseHeader(file, file.length), config) };
}

t.test('writes what the service accepts, and knows its sizes', async (t) => {
  const fleet = await writeFleet(t.testdir(), MODULES, CLIENTS);
  t.match(fleet, { stackedRank: 5, weights: [0.25, 0.75], bytes: 2 * 5 * (20 + 14 + 20) });
  const { adapter } = await read(fleet.folders[1]);
  t.strictSame(
    adapter.modules.map(({ name, shape, rank }) => ({ name, shape, rank })),
    MODULES.map((module) => ({ ...module, rank: 3 })),
  );
});

t.test('gives strangers other directions, and the same people the same bytes', async (t) => {
  const [alike, again, strangers] = await Promise.all([
    writeFleet(t.testdir({}), MODULES, CLIENTS),
    writeFleet(`${t.testdirName}/again`, MODULES, CLIENTS),
    writeFleet(`${t.testdirName}/strangers`, MODULES, CLIENTS, { groupOf: (client) => client }),
  ]);
  const bytes = async (/** @type {typeof alike} */ fleet) => (await read(fleet.folders[1])).file;
  t.ok((await bytes(alike)).equals(await bytes(again)));
  t.notOk((await bytes(alike)).equals(await bytes(strangers)));
});

t.test('cuts files down to their first modules', async (t) => {
  const fleet = await writeFleet(t.testdir(), MODULES, CLIENTS);
  const trimmed = await trimFleet(fleet, 2, `${fleet.root}/trimmed`);
  const [whole, cut] = [await read(fleet.folders[0]), await read(trimmed.folders[0])];
  t.equal(cut.adapter.modules.length, 2);
  for (const [at, { name, a, b }] of cut.adapter.modules.entries()) {
    const original = whole.adapter.modules[at];
    t.equal(name, original?.name);
    t.ok(cut.file.subarray(a.begin, a.end).equals(whole.file.subarray(original?.a.begin, original?.a.end)));
    t.ok(cut.file.subarray(b.begin, b.end).equals(whole.file.subarray(original?.b.begin, original?.b.end)));
  }
});

t.test('reads a module as the worker does', async (t) => {
  const fleet = await writeFleet(t.testdir(), MODULES, CLIENTS);
  const source = await openFleetModule(fleet);
  t.match(source, { name: 'layers.0.q_proj', shape: [12, 8] });
  t.match(source.shares, [
    { weight: 0.25, scale: 2, rank: 2 },
    { weight: 0.75, scale: 2, rank: 3 },
  ]);
});
