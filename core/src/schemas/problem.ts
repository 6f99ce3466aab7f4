import { type Static, Type } from 'typebox';
import { component } from './component.js';

export const Problem = component(
  'Problem',
  Type.Object(
    {
      type: Type.String({ description: 'URI of the kind of problem: `urn:florist:problem:<code>`.' }),
      title: Type.String(),
      status: Type.Integer(),
      code: Type.String({ description: 'Stable name of the kind of problem.' }),
      detail: Type.String({ description: 'What happened and what to do.' }),
      instance: Type.String({ description: 'Id of the request, as in the logs.' }),
      errors: Type.Optional(
        Type.Array(
          Type.Object({
            field: Type.Optional(Type.String({ description: 'JSON pointer or form field.' })),
            tensor: Type.Optional(Type.String({ description: 'Name of the tensor.' })),
            detail: Type.String(),
          }),
        ),
      ),
    },
    { description: 'An error, as RFC 9457 describes them.' },
  ),
);
export type Problem = Static<typeof Problem.schema>;
