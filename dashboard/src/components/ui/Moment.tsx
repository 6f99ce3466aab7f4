'use client';

import { useNow } from '#components/shell/NowProvider.tsx';
import { useTimeZone } from '#components/shell/useTimeZone.ts';
import { formatAgo } from '#lib/format/formatAgo.ts';
import { formatMoment } from '#lib/format/formatMoment.ts';
import { Exact } from './Exact.tsx';

interface MomentProps {
  /** RFC 3339. */
  at: string;
  className?: string;
}

/** How long ago something happened; the exact time on hover, in the reader's zone and in UTC. */
export function Moment({ at, className }: MomentProps) {
  const now = useNow();
  const zone = useTimeZone();
  const moment = new Date(at);
  const utc = formatMoment(moment, 'UTC');
  const exact = zone === 'UTC' ? utc : `${formatMoment(moment, zone)} ${zone} · ${utc}`;
  return (
    <Exact className={className} exact={exact}>
      <time dateTime={at} className="whitespace-nowrap">
        {formatAgo(moment, now)}
      </time>
    </Exact>
  );
}
