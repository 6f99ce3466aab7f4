import type { Readable } from 'node:stream';
import { Refusal } from '@florist/core/errors/refusal';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { matchesTag } from './matchesTag.js';
import { type ByteRange, parseRange } from './parseRange.js';

/** A file that never changes under its tag. */
export interface SendableFile {
  /** Given, it is offered for saving under this name. */
  name?: string;
  mediaType: string;
  bytes: number;
  /** A strong entity tag without its quotes: other content never has the same. */
  tag: string;
  open(range: ByteRange): Promise<Readable>;
}

/**
 * The file may be kept but has to be asked for again: another adapter can become current, and a federation can
 * be deleted and made anew under the same name. Asking again costs a 304.
 */
const CACHE = 'private, no-cache';

/**
 * Answers GET and HEAD for a file, whole or in part: 200, 206, 304 (RFC 9110 sections 13 to 15).
 * @throws Refusal range_not_satisfiable
 */
export async function sendFile(request: FastifyRequest, reply: FastifyReply, file: SendableFile) {
  const tag = `"${file.tag}"`;
  reply.headers({ etag: tag, 'accept-ranges': 'bytes', 'cache-control': CACHE, vary: 'authorization' });
  if (matchesTag(request.headers['if-none-match'], tag)) {
    return reply.code(304).send();
  }
  const range = chooseRange(request, file, tag);
  if (range === 'unsatisfiable') {
    reply.header('content-range', `bytes */${file.bytes}`);
    throw new Refusal('range_not_satisfiable', `The file has ${file.bytes} bytes.`);
  }
  const { begin, end } = range === 'whole' ? { begin: 0, end: file.bytes } : range;
  // before anything is said of a body that may not be there
  const body = request.method === 'HEAD' ? undefined : await file.open({ begin, end });
  if (range !== 'whole') {
    reply.code(206).header('content-range', `bytes ${begin}-${end - 1}/${file.bytes}`);
  }
  reply.headers({
    'content-type': file.mediaType,
    'content-length': end - begin,
    ...(file.name && { 'content-disposition': `attachment; filename="${file.name}"` }),
  });
  return reply.send(body);
}

/** A range counts for GET alone, and under `If-Range` only while the file is still the same. */
function chooseRange(
  request: FastifyRequest,
  file: SendableFile,
  tag: string,
): ReturnType<typeof parseRange> {
  const condition = request.headers['if-range'];
  const applies = request.method === 'GET' && (condition === undefined || condition === tag);
  return applies ? parseRange(request.headers.range, file.bytes) : 'whole';
}
