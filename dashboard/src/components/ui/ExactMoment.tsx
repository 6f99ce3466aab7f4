'use client';

import { useNow } from '#components/shell/NowProvider.tsx';
import { useTimeZone } from '#components/shell/useTimeZone.ts';
import { formatAgo } from '#lib/format/formatAgo.ts';
import { formatMoment } from '#lib/format/formatMoment.ts';
import { Exact } from './Exact.tsx';

interface ExactMomentProps {
  /** RFC 3339. */
  at: string;
  className?: string;
}

/** When something happened, to the second and with its zone; how long ago on hover, and in UTC. */
export function ExactMoment({ at, className }: ExactMomentProps) {
  const now = useNow();
  const zone = useTimeZone();
  const moment = new Date(at);
  const utc = formatMoment(moment, 'UTC');
  const shown = zone === 'UTC' ? utc : `${formatMoment(moment, zone)} ${shortZone(moment, zone)}`;
  return (
    <Exact className={className} exact={`${formatAgo(moment, now)} · ${utc}`}>
      <time dateTime={at} className="whitespace-nowrap">
        {shown}
      </time>
    </Exact>
  );
}

/** Such as GMT+1, which depends on the season. */
function shortZone(moment: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'short' }).formatToParts(moment);
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? timeZone;
}
