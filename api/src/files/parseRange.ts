/** Bytes [begin, end) of a file. */
export interface ByteRange {
  begin: number;
  end: number;
}

/** Digits beyond this length are past any file, and past what a number holds exactly. */
const RANGE = /^bytes=(\d{0,15})-(\d{0,15})$/;

/**
 * Reads a `Range` header as RFC 9110 section 14 has it. Several ranges at once, other units and malformed
 * headers are ignored, as the RFC allows, so the whole file is sent.
 * @param bytes size of the file
 */
export function parseRange(header: string | undefined, bytes: number): ByteRange | 'whole' | 'unsatisfiable' {
  const [, first = '', last = ''] = RANGE.exec(header?.replaceAll(' ', '') ?? '') ?? [];
  if (first === '' && last === '') {
    return 'whole';
  }
  if (first === '') {
    return satisfiable(Math.max(0, bytes - Number(last)), bytes, bytes);
  }
  if (last !== '' && Number(last) < Number(first)) {
    return 'whole';
  }
  const end = last === '' ? bytes : Math.min(bytes, Number(last) + 1);
  return satisfiable(Number(first), end, bytes);
}

function satisfiable(begin: number, end: number, bytes: number): ByteRange | 'unsatisfiable' {
  return begin < end && begin < bytes ? { begin, end } : 'unsatisfiable';
}
