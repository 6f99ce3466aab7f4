'use client';

import { useQuery } from '@tanstack/react-query';
import { Exact } from '#components/ui/Exact.tsx';
import { Skeleton } from '#components/ui/Skeleton.tsx';
import { fetchView } from '#lib/api/fetchView.ts';
import type { Savings } from '#lib/federation/sumSavings.ts';
import { formatBytes } from '#lib/format/formatBytes.ts';
import { formatCount } from '#lib/format/formatCount.ts';
import { formatPlural } from '#lib/format/formatPlural.ts';
import { keys } from '#lib/queries/keys.ts';

/** What all rounds together spared the clients of downloading, beside sending the whole stack. */
export function SavedBytes({ federation }: { federation: string }) {
  const { data, isPending } = useQuery({
    queryKey: keys.savings(federation),
    queryFn: ({ signal }) => fetchView<Savings>(`/views/federations/${federation}/savings`, signal),
  });
  if (isPending) {
    return <Skeleton className="ml-auto h-4 w-16" />;
  }
  if (data === undefined || data.rounds === 0) {
    return <span className="text-muted">—</span>;
  }
  const exact = `about ${formatCount(Math.round(data.bytes))} bytes over ${formatPlural(data.rounds, 'published round')}, each adapter fetched once by every client that submitted; estimated from total rank`;
  return <Exact exact={exact}>{formatBytes(data.bytes)}</Exact>;
}
