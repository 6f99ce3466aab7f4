import { rule } from '@florist/core/schemas/common';
import { Type } from 'typebox';
import { operation } from '../../../openapi/operation.js';
import { FederationParams, UploadParams, UploadQuery } from '../../../openapi/parameters.js';
import { empty } from '../../../openapi/responses.js';
import { ADAPTER_BYTES_MAX } from '../../../uploads/limits.js';
import { CHECKSUM_PATTERN } from '../../../uploads/resumable/bodyChecksum.js';
import {
  METADATA_MAX,
  METADATA_PATTERN,
  OFFSET_STREAM,
  TUS_EXTENSIONS,
  TUS_VERSION,
} from '../../../uploads/resumable/tusHeaders.js';

const number = (description: string) => ({ type: 'integer', minimum: 0, description });
const text = (description: string) => ({ type: 'string', description });

const PROGRESS = {
  'Upload-Offset': number('How many bytes are durable, which is where to go on.'),
  'Upload-Expires': text('When it goes unless something comes; counted anew with every piece.'),
};

const Version = Type.Literal(TUS_VERSION, { description: 'Of the protocol, in every request.' });

export const offer = operation({
  access: 'participant',
  id: 'getUploadProtocol',
  tag: 'Uploads',
  summary: 'Ask how uploads can be sent',
  description: `What tus 1.0 calls for: version, extensions (${TUS_EXTENSIONS}) and limits, in headers.`,
  request: { params: FederationParams },
  success: {
    204: empty('In the headers.', {
      'Tus-Version': text('Versions of the protocol.'),
      'Tus-Extension': text('Its extensions.'),
      'Tus-Max-Size': number('Largest adapter in bytes.'),
      'Tus-Checksum-Algorithm': text('What a piece can be checked with.'),
    }),
  },
});

export const begin = operation({
  access: 'participant',
  id: 'beginUpload',
  tag: 'Uploads',
  summary: 'Begin an upload that can be resumed',
  description:
    'Of an adapter_model.safetensors, by tus 1.0, for which there are libraries in every language; give them this ' +
    'URL as the endpoint. When it has arrived whole, submit it: the ordinary form takes the field `upload` in place ' +
    'of `adapter`. Until then it is no submission, and nobody sees it.',
  request: { params: FederationParams, querystring: UploadQuery },
  documentedHeaders: Type.Object({
    'Tus-Resumable': Version,
    'Upload-Length': Type.Integer({
      minimum: 0,
      maximum: ADAPTER_BYTES_MAX,
      description: 'Bytes of the whole file.',
    }),
    'Upload-Metadata': Type.Optional(
      Type.String({
        pattern: METADATA_PATTERN,
        maxLength: METADATA_MAX,
        description: 'Given back as it came; means nothing here.',
      }),
    ),
  }),
  success: { 201: empty('It has begun.', { Location: text('Where its bytes go.'), ...PROGRESS }) },
  problems: [
    'tus_version_unsupported',
    'federation_not_found',
    'client_not_found',
    'client_not_invited',
    'round_not_found',
    'round_not_collecting',
    'safetensors_too_large',
    'uploads_too_many',
    'quota_exceeded',
  ],
});

export const look = operation({
  access: 'participant',
  id: 'getUploadOffset',
  tag: 'Uploads',
  summary: 'Ask where to go on',
  description: 'After a connection broke, or the program started anew.',
  request: { params: UploadParams },
  documentedHeaders: Type.Object({ 'Tus-Resumable': Version }),
  success: {
    200: empty('How far it is.', {
      'Upload-Length': number('Bytes of the whole file.'),
      'Upload-Metadata': text('As it was given.'),
      ...PROGRESS,
    }),
  },
  problems: ['tus_version_unsupported', 'federation_not_found', 'upload_not_found'],
});

export const add = operation({
  access: 'participant',
  audited: false, // its beginning, its end and what is submitted of it are
  id: 'addToUpload',
  tag: 'Uploads',
  summary: 'Send bytes of an upload',
  description:
    'All that is left, or less. What has come when the connection breaks is kept, and what is acknowledged survives ' +
    'a crash. A second request takes over from one that is still under way. With `Upload-Checksum` the body counts ' +
    'whole or not at all.',
  request: { params: UploadParams },
  documentedHeaders: Type.Object({
    'Tus-Resumable': Version,
    'Upload-Offset': Type.Integer({
      minimum: 0,
      maximum: ADAPTER_BYTES_MAX,
      description: 'Where this body begins.',
    }),
    'Upload-Checksum': Type.Optional(
      Type.String({
        pattern: CHECKSUM_PATTERN,
        description: 'Algorithm and base64 digest of this body.',
        ...rule('a digest as long as its algorithm makes them'),
      }),
    ),
  }),
  documentedBody: {
    mediaType: OFFSET_STREAM,
    schema: Type.Unsafe({ type: 'string', format: 'binary', description: 'The bytes from the offset on.' }),
  },
  success: { 204: empty('They are durable.', PROGRESS) },
  problems: [
    'tus_version_unsupported',
    'media_type_unsupported',
    'federation_not_found',
    'upload_not_found',
    'upload_offset_mismatch',
    'upload_fragmented',
    'checksum_mismatch',
    'request_timeout',
    'request_too_large',
    'safetensors_malformed',
    'safetensors_too_large',
    'tensor_dtype_unsupported',
    'tensor_not_finite',
    'storage_full',
  ],
});

export const end = operation({
  access: 'participant',
  id: 'removeUpload',
  tag: 'Uploads',
  summary: 'Give an upload up',
  description: 'What has arrived of it goes. One that was submitted stays submitted.',
  request: { params: UploadParams },
  documentedHeaders: Type.Object({ 'Tus-Resumable': Version }),
  success: { 204: empty('It is gone.') },
  problems: ['tus_version_unsupported', 'federation_not_found', 'upload_not_found'],
});
