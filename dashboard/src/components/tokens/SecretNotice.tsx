'use client';

import { Code } from '#components/ui/Code.tsx';
import { Notice } from '#components/ui/Notice.tsx';
import type { TokenWithSecret } from '#lib/api/types.ts';

/** A token, the only time that it can be seen, and a line that tries it. */
export function SecretNotice({ apiUrl, made }: { apiUrl: string; made: TokenWithSecret }) {
  return (
    <div className="flex flex-col gap-3">
      <Notice tone="warn" urgent title="Copy the token now">
        Florist keeps only its hash: once this is closed, nobody can show it again. Hand it to {made.name}{' '}
        over a channel you trust.
      </Notice>
      <Code name="token" text={made.token} />
      <Code
        name="curl line that says whose it is"
        text={`curl -f -H "Authorization: Bearer ${made.token}" ${apiUrl}/v1/identity`}
      />
    </div>
  );
}
