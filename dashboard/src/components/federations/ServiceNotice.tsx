'use client';

import { useQuery } from '@tanstack/react-query';
import { useLimited } from '#components/shell/RoleProvider.tsx';
import { Notice } from '#components/ui/Notice.tsx';
import { TextLink } from '#components/ui/TextLink.tsx';
import { browserApi } from '#lib/api/browserApi.ts';
import { toProblem } from '#lib/api/toProblem.ts';
import { queries } from '#lib/queries/queries.ts';

const REFRESH_MS = 5000; // as often as workers give a sign of life

/**
 * Above the list: what holds up every federation alike.
 * @param failure why the list on view could not be brought up to date
 */
export function ServiceNotice({ failure }: { failure: Error | null }) {
  const { data: system } = useQuery({
    ...queries.system(browserApi),
    refetchInterval: REFRESH_MS,
    enabled: !useLimited(),
  });
  const more = (
    <TextLink href="/system" className="underline">
      System
    </TextLink>
  );
  if (failure !== null) {
    return (
      <Notice tone="danger" className="mb-4" urgent>
        {toProblem(failure).title}: the list may be out of date. {more} says more.
      </Notice>
    );
  }
  return system === undefined || system.workers.length > 0 ? null : (
    <Notice tone="warn" className="mb-4">
      No worker is alive: rounds that close wait until one starts. {more} says how to start one.
    </Notice>
  );
}
