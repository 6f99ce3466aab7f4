import { type TSchema, Type } from 'typebox';

/** A download takes as long as its line is slow; a connection on which nothing moves is cut sooner. */
export const DOWNLOAD_TIMEOUT_MS = 24 * 3_600_000;

export const FILE_HEADERS = {
  ETag: {
    type: 'string',
    description: 'Stands for the content, in quotes: SHA-256 of a file that is not cut.',
  },
  'Accept-Ranges': { type: 'string', description: '`bytes`.' },
};

export const PART_HEADERS = {
  ...FILE_HEADERS,
  'Content-Range': { type: 'string', description: 'Which bytes of how many.' },
};

/** Headers of a download that ask for less than all of it. */
export const CONDITIONS = Type.Object({
  'if-none-match': Type.Optional(Type.String({ description: 'An ETag; the same file gives 304.' })),
  'if-range': Type.Optional(Type.String({ description: 'An ETag; another file is sent whole.' })),
  range: Type.Optional(Type.String({ description: 'One range of bytes, such as `bytes=1024-`.' })),
});

export const CONFIG_SCHEMA: TSchema = Type.Object(
  {},
  { additionalProperties: true, description: 'As PEFT reads it.' },
);
