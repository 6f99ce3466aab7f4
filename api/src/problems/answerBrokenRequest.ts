import type { Socket } from 'node:net';
import { Refusal } from '@florist/core/errors/refusal';
import { PROBLEM_TYPE, toProblem } from './toProblem.js';

/** Answers bytes that are not HTTP, for which there is no request and so no reply, and closes the connection. */
export function answerBrokenRequest(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) {
    return;
  }
  if (!socket.writable) {
    socket.destroy(error);
    return;
  }
  const refusal =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? new Refusal('request_too_large', 'The headers of the request are larger than allowed.')
      : new Refusal('request_invalid', 'The bytes received are not a valid HTTP request.');
  const problem = toProblem(refusal, 'unparsed');
  const body = JSON.stringify(problem);
  const head = [
    `HTTP/1.1 ${problem.status} ${problem.title}`,
    `content-type: ${PROBLEM_TYPE}`,
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
