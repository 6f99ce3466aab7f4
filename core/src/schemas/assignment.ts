import { type Static, Type } from 'typebox';
import { Aggregation } from './aggregation.js';
import { Time } from './common.js';
import { component } from './component.js';

/** Adapters that one assignment names; a client that lacks more merges these and asks again with `have`. */
export const ADAPTERS_NAMED_MAX = 1_000;

export const AdapterToMerge = component(
  'AdapterToMerge',
  Type.Object(
    {
      round: Type.Integer({ minimum: 1 }),
      adapter: Type.String({ description: 'Id of the adapter that the round serves.' }),
      model: Type.String({ description: 'Path of its adapter_model.safetensors.' }),
      config: Type.String({ description: 'Path of its adapter_config.json.' }),
    },
    { description: 'One published adapter and where its files are.' },
  ),
);
export type AdapterToMerge = Static<typeof AdapterToMerge.schema>;

const From = Type.Object(
  {
    since: Type.Integer({
      minimum: 0,
      description:
        'The adapters of this round and of those before it are merged already; 0 for none. As `have` says, or ' +
        'else the round before the last one in which the client took part.',
    }),
    round: Type.Optional(
      Type.Integer({ minimum: 1, description: 'The last round of `adapters`: `have` of the next request.' }),
    ),
    adapters: Type.Array(AdapterToMerge.ref, {
      description: 'To be merged into the base model, one after the other, before training begins.',
    }),
    complete: Type.Boolean({
      description: `Whether that is all; false where there are more than ${ADAPTERS_NAMED_MAX}.`,
    }),
  },
  {
    description: 'The model to train from: what the client has, and every adapter that was published since.',
  },
);

const alreadySubmitted = Type.Boolean({
  description: 'Whether a submission of the client counts in the round; with train, a carried one.',
});

export const TrainAssignment = component(
  'TrainAssignment',
  Type.Object(
    {
      action: Type.Literal('train'),
      round: Type.Integer({ minimum: 1 }),
      deadlineAt: Type.Optional(Time('Until when to submit.')),
      graceUntil: Type.Optional(Time('Until when a client that is training or uploading may still finish.')),
      baseModel: Type.Optional(Type.String()),
      aggregation: Aggregation.ref,
      from: From,
      alreadySubmitted,
    },
    { description: 'Train, starting from `from`, and submit to the round.' },
  ),
);
export type TrainAssignment = Static<typeof TrainAssignment.schema>;

export const WaitAssignment = component(
  'WaitAssignment',
  Type.Object(
    {
      action: Type.Literal('wait'),
      round: Type.Optional(Type.Integer({ minimum: 1, description: 'The latest round.' })),
      retryAfterSeconds: Type.Integer({ minimum: 1, description: 'When to ask again; also in Retry-After.' }),
      reason: Type.String({ description: 'Why there is nothing to do, for people to read.' }),
      alreadySubmitted,
    },
    { description: 'Nothing to do now.' },
  ),
);
export type WaitAssignment = Static<typeof WaitAssignment.schema>;

export type Assignment = TrainAssignment | WaitAssignment;
export const Assignment = component('Assignment', Type.Union([TrainAssignment.ref, WaitAssignment.ref]));
