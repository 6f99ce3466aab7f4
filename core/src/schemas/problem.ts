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
            field: Type.Optional(
              Type.String({
                description: 'JSON pointer into the body, form field, or name of the parameter or header.',
              }),
            ),
            tensor: Type.Optional(Type.String({ description: 'Name of the tensor, or of the module.' })),
            detail: Type.String(),
          }),
          { description: 'What was wrong, where it can be pointed at; of very much, the first.' },
        ),
      ),
    },
    { description: 'An error, as RFC 9457 describes them.' },
  ),
);
export type Problem = Static<typeof Problem.schema>;
