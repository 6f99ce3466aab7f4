import { type Static, Type } from 'typebox';
import { ADAPTER_ID_PATTERN } from './adapter.js';
import { Aggregation } from './aggregation.js';
import { DtypeName, Sha256, Slug, Time } from './common.js';
import { component } from './component.js';
import { Verdict } from './weighting.js';

export const Engine = component(
  'Engine',
  Type.Object(
    {
      florist: Type.String({ description: 'Version of the worker.' }),
      onnxruntime: Type.String({ description: 'Version of ONNX Runtime.' }),
      provider: Type.String({ description: 'cpu or cuda.' }),
      threads: Type.Integer({ minimum: 1, description: 'Cores that one product could use.' }),
      arch: Type.String({ description: 'Processor architecture, such as x64.' }),
    },
    { description: 'What computed: the same input on the same engine gives the same bytes.' },
  ),
);
export type Engine = Static<typeof Engine.schema>;

const Files = Type.Object({
  sha256: Sha256('SHA-256 of adapter_model.safetensors.'),
  bytes: Type.Integer({ minimum: 0, description: 'Size of adapter_model.safetensors.' }),
  configSha256: Sha256('SHA-256 of adapter_config.json.'),
});

const LineageClient = Type.Object(
  {
    client: Slug('Who submitted.'),
    ...Files.properties,
    numExamples: Type.Integer({ minimum: 1 }),
    weight: Type.Number({ description: 'w_k, how much its update counts.' }),
    acceptedAt: Time('When it became part of the round.'),
  },
  { description: 'One submission of those that made the adapter.' },
);

const LineageVerdict = Type.Object(
  {
    client: Slug('Who submitted.'),
    sha256: Sha256('SHA-256 of the adapter_model.safetensors that was sent.'),
    verdict: Verdict,
    factor: Type.Number({ description: 'What its weight was multiplied by; 0 where it was dropped.' }),
    reason: Type.String({ description: 'Why.' }),
  },
  { description: 'One submission that a robust weighting touched.' },
);

const engines = Type.Array(Engine.ref, { description: 'Several where workers that differ took part.' });
const startedAt = Time('When the try that succeeded began.');
const madeAt = Time('When its files were complete.');

export const Lineage = component(
  'Lineage',
  Type.Object(
    {
      federation: Slug('The federation.'),
      round: Type.Integer({ minimum: 1 }),
      adapter: Type.String({ pattern: ADAPTER_ID_PATTERN }),
      attempts: Type.Integer({ minimum: 1, description: 'Tries until it succeeded.' }),
      requestedAt: Time('When it was asked for.'),
      startedAt,
      madeAt,
      aggregation: Aggregation.ref,
      engines,
      clients: Type.Array(LineageClient, { description: 'In the order in which their factors are stacked.' }),
      touched: Type.Optional(
        Type.Array(LineageVerdict, { description: 'Those that the weighting clipped or dropped, if any.' }),
      ),
      result: Files,
    },
    {
      description:
        'What made an adapter: these submissions, weighted so, by this method on this engine, give its bytes.',
    },
  ),
);
export type Lineage = Static<typeof Lineage.schema>;

const SumSource = Type.Object({
  round: Type.Integer({ minimum: 1 }),
  adapter: Type.String({ pattern: ADAPTER_ID_PATTERN }),
  sha256: Sha256('SHA-256 of its adapter_model.safetensors.'),
});

export const SumLineage = component(
  'SumLineage',
  Type.Object(
    {
      federation: Slug('The federation.'),
      sources: Type.Array(SumSource, {
        description: 'The published adapters, in the order they are stacked.',
      }),
      tau: Type.Number({ description: 'Share of the energy of the sum that each module keeps.' }),
      dtype: DtypeName,
      startedAt,
      madeAt,
      engines,
      result: Files,
    },
    { description: 'What made a sum of rounds; the lineage of each source is that of its round.' },
  ),
);
export type SumLineage = Static<typeof SumLineage.schema>;
