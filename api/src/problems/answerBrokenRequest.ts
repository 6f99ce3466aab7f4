import type { Socket } from 'node:net';
import { Refusal } from '@florist/core/errors/refusal';
import { PROBLEM_TYPE, toProblem } from './toProblem.js';

/** How the codes of errors begin for which no secure connection came about that could carry an answer. */
const TLS_ERROR = /^ERR_(SSL|TLS)_/;

/** Answers bytes that are not HTTP, for which there is no request and so no reply, and closes the connection. */
export function answerBrokenRequest(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) {
    return;
  }
  if (!socket.writable || TLS_ERROR.test(error.code ?? '')) {
    socket.destroy(error);
    return;
  }
  const refusal = refusalOf(error.code);
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

function refusalOf(code: string | undefined): Refusal {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return new Refusal('request_too_large', 'The headers of the request are larger than allowed.');
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new Refusal('request_timeout', 'The headers of the request did not arrive in time.');
    default:
      return new Refusal('request_invalid', 'The bytes received are not a valid HTTP request.');
  }
}
