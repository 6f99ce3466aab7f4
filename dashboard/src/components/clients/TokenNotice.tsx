'use client';

import { Code } from '#components/ui/Code.tsx';
import { Notice } from '#components/ui/Notice.tsx';
import type { ClientWithToken } from '#lib/api/types.ts';
import { submitLine } from '#lib/federation/fetchLines.ts';

interface TokenNoticeProps {
  apiUrl: string;
  made: ClientWithToken;
}

/** A token, the only time that it can be seen, and how to use it. */
export function TokenNotice({ apiUrl, made }: TokenNoticeProps) {
  const { federation, client, token } = made;
  return (
    <div className="flex flex-col gap-3">
      <Notice tone="warn" urgent title="Copy the token now">
        Florist keeps only its hash: once this is closed, nobody can show it again. Hand it to {client} over a
        channel you trust.
      </Notice>
      <Code name="token" text={token} />
      <Code name="curl line that submits" text={submitLine({ apiUrl, federation, client, token })} />
    </div>
  );
}
