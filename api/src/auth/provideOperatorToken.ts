import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';

export const OPERATOR_TOKEN_FILE = 'operator-token';

const TOKEN_BYTES = 32; // as many as a client's token has

/** A token in the file that is shorter was not made by Florist, and nobody chose it. */
const TOKEN_LENGTH_MIN = 16;

const OWNER_ONLY = 0o600;

export interface OperatorToken {
  token: string;
  path: string;
  /** Whether this call made it, so that it has to be shown once. */
  created: boolean;
}

/**
 * Reads the operator token of a data folder, or makes one. Several processes may start at once: the file
 * appears whole and exactly one of them made it.
 * @throws Error when the file holds no usable token
 */
export async function provideOperatorToken(dataDir: string): Promise<OperatorToken> {
  await mkdir(dataDir, { recursive: true });
  const path = join(dataDir, OPERATOR_TOKEN_FILE);
  const made = await readToken(path);
  if (made !== undefined) {
    return { token: made, path, created: false };
  }
  const token = `florist_operator_${randomBytes(TOKEN_BYTES).toString('base64url')}`;
  if (await createOnce(path, `${token}\n`)) {
    return { token, path, created: true };
  }
  return { token: (await readToken(path)) ?? '', path, created: false };
}

async function readToken(path: string): Promise<string | undefined> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') {
      return undefined;
    }
    throw error;
  });
  const token = text?.trim();
  if (token !== undefined && !new RegExp(`^[\\x21-\\x7e]{${TOKEN_LENGTH_MIN},}$`).test(token)) {
    throw new Error(`${path} holds no usable operator token: remove it, or set FLORIST_OPERATOR_TOKEN`);
  }
  return token;
}

/** Writes aside and links into place, which fails when the name is taken. */
async function createOnce(path: string, text: string): Promise<boolean> {
  const aside = `${path}.${process.pid}.${randomBytes(6).toString('hex')}`;
  const file = await open(aside, 'wx', OWNER_ONLY);
  try {
    await file.writeFile(text);
    await file.sync();
    await file.close();
    await link(aside, path);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') {
      return false;
    }
    throw error;
  } finally {
    await unlink(aside);
  }
}
