'use client';

import { useQuery } from '@tanstack/react-query';
import { useLimited } from '#components/shell/RoleProvider.tsx';
import { Notice } from '#components/ui/Notice.tsx';
import { TextLink } from '#components/ui/TextLink.tsx';
import { browserApi } from '#lib/api/browserApi.ts';
import { queries } from '#lib/queries/queries.ts';

const REFRESH_MS = 5000; // as often as workers give a sign of life

/** Beside a round that aggregates: why it does not move, where nobody is there to aggregate it. */
export function NoWorkerNotice() {
  const { data: system } = useQuery({
    ...queries.system(browserApi),
    refetchInterval: REFRESH_MS,
    enabled: !useLimited(),
  });
  return system === undefined || system.workers.length > 0 ? null : (
    <Notice tone="warn" title="No worker is alive" urgent>
      The round waits until one starts; its submissions are stored.{' '}
      <TextLink href="/system" className="underline">
        System
      </TextLink>{' '}
      says how to start one.
    </Notice>
  );
}
