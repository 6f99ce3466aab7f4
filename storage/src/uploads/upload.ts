import { uploadFolder } from '../blobs/keys.js';
import { type Fields, fieldsFrom, listFrom, need } from '../ledger/fields.js';
import type { Reply, ScriptArguments } from '../ledger/runScript.js';

/** Names one upload in pieces. */
export interface UploadRef {
  federation: string;
  upload: string;
  /** The client that it must be of; left out, any. */
  client?: string | undefined;
}

/** What every script on an upload is told. */
export function uploadArguments({ upload, client }: UploadRef): ScriptArguments {
  return { upload, client };
}

/** An adapter that comes in pieces. No event tells of it: it is nothing of the federation's before it is submitted. */
export interface Upload {
  client: string;
  /** Bytes of the whole. */
  length: number;
  /** Bytes that have arrived and are durable. */
  offset: number;
  expiresAt: Date;
  /** Upload-Metadata, as it was sent. */
  metadata?: string;
  /** The round that it was begun for. */
  round?: number;
  /** Keys of the blobs that its bytes lie in, one after the other. */
  blobs: string[];
}

/**
 * @param row its fields, and the names of its pieces
 * @throws Error for a record that lacks what every upload has
 */
export function uploadFrom(ref: UploadRef, [flat, names]: Reply[]): Upload {
  const fields: Fields = fieldsFrom(flat);
  const folder = uploadFolder(ref.federation, ref.upload);
  const pieces = listFrom(names).map((name) => `${folder}${name}`);
  const upload: Upload = {
    client: need(fields, 'client'),
    length: Number(need(fields, 'length')),
    offset: Number(need(fields, 'offset')),
    expiresAt: new Date(Number(need(fields, 'expiresMs'))),
    // once it has been submitted its bytes are the submission's
    blobs: fields.adapter === undefined ? pieces : [fields.adapter],
  };
  if (fields.metadata !== undefined) upload.metadata = fields.metadata;
  if (fields.round !== undefined) upload.round = Number(fields.round);
  return upload;
}
