import { Refusal } from '@florist/core/errors/refusal';
import { PAGE_LIMIT_DEFAULT, PAGE_LIMIT_MAX, SLUG_PATTERN } from '@florist/core/schemas/common';

/** One page of a list; `nextCursor` is there when more follow. */
export interface Page<T> {
  items: T[];
  nextCursor?: string;
}

export interface PageRequest {
  /** How many items at most, 1 to 1000; 100 by default. */
  limit?: number;
  /** `nextCursor` of the page before. */
  cursor?: string;
}

const SLUG = new RegExp(SLUG_PATTERN);
const ROUND_NUMBER = /^[1-9][0-9]{0,9}$/;
const STREAM_ID = /^[0-9]{1,15}-[0-9]{1,15}$/;

export function pageLimit(request: PageRequest): number {
  const limit = request.limit ?? PAGE_LIMIT_DEFAULT;
  if (Number.isInteger(limit) && limit >= 1 && limit <= PAGE_LIMIT_MAX) return limit;
  throw new Refusal('request_invalid', `limit must be a whole number from 1 to ${PAGE_LIMIT_MAX}.`, [
    { field: 'limit', detail: `Must be a whole number from 1 to ${PAGE_LIMIT_MAX}.` },
  ]);
}

/** The name after which a page in name order begins. */
export function nameCursor(request: PageRequest): string | undefined {
  return cursorText(request, SLUG);
}

/** The round number below which a page of rounds, newest first, begins. */
export function numberCursor(request: PageRequest): number | undefined {
  const text = cursorText(request, ROUND_NUMBER);
  return text === undefined ? undefined : Number(text);
}

/** The id of a stream's entry before which a page, newest first, begins. */
export function streamCursor(request: PageRequest): string | undefined {
  return cursorText(request, STREAM_ID);
}

/** A page that ends where the search for more was broken off. */
export function pageUpTo<T>(items: T[], last: string): Page<T> {
  return { items, nextCursor: encode(last) };
}

/**
 * The page that `found` makes, which is one longer than the limit when more follow. A cursor names the last
 * item shown, not a position: items that come and go meanwhile neither repeat nor hide others.
 */
export function pageOf<T>(found: T[], limit: number, nameOf: (item: T) => string): Page<T> {
  if (found.length <= limit) return { items: found };
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return last === undefined ? { items } : { items, nextCursor: encode(nameOf(last)) };
}

/** Encoded so that nobody builds cursors by hand and comes to rely on what is in them. */
function encode(text: string): string {
  return Buffer.from(text).toString('base64url');
}

function cursorText(request: PageRequest, pattern: RegExp): string | undefined {
  if (request.cursor === undefined) return undefined;
  const text = Buffer.from(request.cursor, 'base64url').toString();
  if (pattern.test(text) && encode(text) === request.cursor) return text;
  throw new Refusal('request_invalid', 'cursor must be the nextCursor of a page before.', [
    { field: 'cursor', detail: 'Must be the nextCursor of a page before; leave it out for the first page.' },
  ]);
}
