import { readFile } from 'node:fs/promises';
import { type Case, goldenFolder, readGolden } from '../lib/spectrum/golden.ts';
import type { Stage } from './openStage.ts';

/** A federation of the clients of a golden case, with its first round open. */
export async function goldenRound(
  { call, submit }: Pick<Stage, 'call' | 'submit'>,
  name: Case,
  settings: { federation: string; rounds?: object; aggregation?: object },
) {
  const { federation, rounds = {}, aggregation = {} } = settings;
  const expected = await readGolden(name);
  await call('POST', '/v1/federations', { name: federation, rounds, aggregation });
  const clients = await Promise.all(
    expected.numExamples.map(async (examples, index) => {
      const client = `client-${index}`;
      const { token } = await call('PUT', `/v1/federations/${federation}/clients/${client}`);
      const folder = new URL(`client-${index}/`, goldenFolder(name));
      const config = await readFile(new URL('adapter_config.json', folder));
      const adapter = await readFile(new URL('adapter_model.safetensors', folder));
      return { client, token: String(token), files: { examples, config, adapter } };
    }),
  );
  await call('POST', `/v1/federations/${federation}/rounds`);
  return {
    federation,
    expected,
    clients,
    /** Sends the adapter of one client, as it would itself. */
    send: async (index: number, round = 1) => {
      const sender = clients[index];
      if (sender === undefined) {
        throw new Error(`the case has no client ${index}`);
      }
      const path = `/v1/federations/${federation}/rounds/${round}/submissions/${sender.client}`;
      return submit(path, sender.token, sender.files);
    },
  };
}
