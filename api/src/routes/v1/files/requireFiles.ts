import { Refusal } from '@florist/core/errors/refusal';
import type { Adapter } from '@florist/core/schemas/adapter';

/** @throws Refusal adapter_gone when retention has deleted the files of an adapter */
export function requireFiles(round: number, { id, filesDeletedAt }: Adapter): void {
  if (filesDeletedAt !== undefined) {
    throw new Refusal(
      'adapter_gone',
      `The files of adapter ${id} of round ${round} were deleted ${filesDeletedAt}.`,
    );
  }
}
