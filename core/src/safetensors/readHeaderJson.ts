import { Refusal } from '../errors/refusal.js';
import { clipName } from './clipName.js';
import { MEMBERS_MAX } from './limits.js';
import { quoteName } from './quoteName.js';

export type HeaderObject = Map<string, HeaderValue>;
export type HeaderValue = string | number | HeaderValue[] | HeaderObject;

interface Cursor {
  readonly text: string;
  at: number;
  /** The tensor being read, once its name is known, for messages. */
  tensor?: string;
}

/**
 * Reads the JSON of a safetensors header. Stricter than JSON.parse, which keeps the last of two equal keys
 * without a word: equal keys, more depth or members than a header can need, numbers that are not whole and
 * non-negative, and the literals true, false and null, are all refused, and only spaces may follow the end.
 * Objects come back as maps, so no key has a special meaning.
 * @throws {Refusal} safetensors_malformed, with the tensor and the place
 */
export function readHeaderJson(text: string): HeaderObject {
  const cursor: Cursor = { text, at: 0 };
  if (text.charCodeAt(0) !== 0x7b) throw fail(cursor, 'does not start with {');
  const value = readObject(cursor, 0);
  for (; cursor.at < text.length; cursor.at++) {
    if (text.charCodeAt(cursor.at) !== 0x20) throw fail(cursor, 'has something after its end');
  }
  return value;
}

function readValue(cursor: Cursor, depth: number): HeaderValue {
  const code = peek(cursor);
  if (code === 0x7b) return readObject(cursor, depth);
  if (code === 0x5b) return readArray(cursor, depth);
  if (code === 0x22) return readString(cursor);
  if (isDigit(code)) return readWholeNumber(cursor);
  throw fail(cursor, 'is not valid: expected an object, an array, a string or a whole number');
}

function readObject(cursor: Cursor, depth: number): HeaderObject {
  const object: HeaderObject = new Map();
  const cap = memberCap(cursor, depth);
  cursor.at++;
  if (takeIf(cursor, '}')) return object;
  do {
    if (peek(cursor) !== 0x22) throw fail(cursor, 'is not valid JSON: expected a key');
    const key = readString(cursor);
    if (depth === 0) cursor.tensor = key === '__metadata__' ? undefined : key;
    if (object.has(key)) throw fail(cursor, `holds the key ${quoteName(key)} twice`);
    if (object.size === cap) throw fail(cursor, `has more than ${cap} members in one object`);
    expect(cursor, ':');
    object.set(key, readValue(cursor, depth + 1));
  } while (takeIf(cursor, ','));
  expect(cursor, '}');
  if (depth === 0) cursor.tensor = undefined;
  return object;
}

function readArray(cursor: Cursor, depth: number): HeaderValue[] {
  const array: HeaderValue[] = [];
  const cap = memberCap(cursor, depth);
  cursor.at++;
  if (takeIf(cursor, ']')) return array;
  do {
    if (array.length === cap) throw fail(cursor, `has more than ${cap} members in one array`);
    array.push(readValue(cursor, depth + 1));
  } while (takeIf(cursor, ','));
  expect(cursor, ']');
  return array;
}

function readString(cursor: Cursor): string {
  const { text } = cursor;
  const start = ++cursor.at;
  let escaped = false;
  for (;;) {
    const code = text.charCodeAt(cursor.at);
    if (code === 0x22) break;
    // NaN, past the end of the text, fails this comparison too.
    if (!(code >= 0x20)) throw fail(cursor, 'is not valid JSON: a string does not end');
    if (code === 0x5c) escaped = true;
    cursor.at += code === 0x5c ? 2 : 1;
  }
  const raw = text.slice(start, cursor.at++);
  return escaped ? unescapeString(cursor, raw) : raw;
}

function unescapeString(cursor: Cursor, raw: string): string {
  let value: unknown;
  try {
    value = JSON.parse(`"${raw}"`);
  } catch {
    throw fail(cursor, 'is not valid JSON: a string holds a bad escape');
  }
  if (typeof value !== 'string' || /\p{Surrogate}/u.test(value)) {
    throw fail(cursor, 'is not valid: a string holds half of a surrogate pair');
  }
  return value;
}

function readWholeNumber(cursor: Cursor): number {
  const start = cursor.at;
  while (isDigit(cursor.text.charCodeAt(cursor.at))) cursor.at++;
  const digits = cursor.text.slice(start, cursor.at);
  if (digits.length > 1 && digits.startsWith('0')) throw fail(cursor, 'holds a number with a leading zero');
  const value = Number(digits);
  if (!Number.isSafeInteger(value)) throw fail(cursor, 'holds a number above 2^53');
  return value;
}

function memberCap(cursor: Cursor, depth: number): number {
  const cap = MEMBERS_MAX[depth];
  if (cap === undefined) throw fail(cursor, `is nested deeper than ${MEMBERS_MAX.length} levels`);
  return cap;
}

const isDigit = (code: number) => code >= 0x30 && code <= 0x39;

/** The next character code that is not JSON white space; NaN at the end. */
function peek(cursor: Cursor): number {
  for (;;) {
    const code = cursor.text.charCodeAt(cursor.at);
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return code;
    cursor.at++;
  }
}

function takeIf(cursor: Cursor, token: string): boolean {
  if (peek(cursor) !== token.charCodeAt(0)) return false;
  cursor.at++;
  return true;
}

function expect(cursor: Cursor, token: string): void {
  if (!takeIf(cursor, token)) throw fail(cursor, `is not valid JSON: expected ${token}`);
}

function fail(cursor: Cursor, detail: string): Refusal {
  const { at, tensor } = cursor;
  const near = tensor === undefined ? '' : `, at tensor ${quoteName(tensor)}`;
  const sentence = `the header ${detail} (character ${at}${near})`;
  const errors = tensor === undefined ? [] : [{ tensor: clipName(tensor), detail: `the header ${detail}` }];
  return new Refusal('safetensors_malformed', sentence, errors);
}
