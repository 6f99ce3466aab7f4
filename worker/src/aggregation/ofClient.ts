import { outageOf } from '@florist/core/errors/outageOf';

/** Reads something of a client's submission. What is wrong with it names the client; an outage is nobody's. */
export async function ofClient<T>(client: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Error && outageOf(error) === undefined) {
      error.message = `the submission of ${client} cannot be read: ${error.message}`;
    }
    throw error;
  }
}
