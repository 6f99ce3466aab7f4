import { STRICT } from '@florist/core/schemas/common';
import { NUM_EXAMPLES_MAX } from '@florist/core/schemas/submission';
import { UPLOAD_ID_PATTERN } from '@florist/core/schemas/upload';
import { Type } from 'typebox';

/** The form of a submission, for the OpenAPI document; the handler reads it as a stream. */
export const SubmissionBody = Type.Object(
  {
    num_examples: Type.Integer({
      minimum: 1,
      maximum: NUM_EXAMPLES_MAX,
      description: 'On how many examples the client trained: the weight of its update in the mean.',
      examples: [1200],
    }),
    config: Type.String({
      format: 'binary',
      contentMediaType: 'application/json',
      description: 'adapter_config.json as PEFT wrote it: a file, or a field that holds the text.',
    }),
    adapter: Type.Optional(
      Type.String({
        format: 'binary',
        contentMediaType: 'application/octet-stream',
        description: 'adapter_model.safetensors as PEFT wrote it.',
      }),
    ),
    upload: Type.Optional(
      Type.String({
        pattern: UPLOAD_ID_PATTERN,
        description: 'In place of `adapter`: the id of an upload that has arrived whole.',
      }),
    ),
  },
  {
    ...STRICT,
    oneOf: [{ required: ['adapter'] }, { required: ['upload'] }],
    description: 'What `save_pretrained` wrote, and the number of examples, in any order.',
  },
);
