'use client';

import { useNow } from '#components/shell/NowProvider.tsx';
import { formatAgo } from '#lib/format/formatAgo.ts';
import { Exact } from './Exact.tsx';

const MOMENT = /\d{4}-\d{2}-\d{2}T[\d:.]+Z/;

/** What a round waits for; times in it are told from now, and exactly on hover. */
export function WaitingFor({ items }: { items: readonly string[] }) {
  const now = useNow();
  return (
    <span className="figures">
      {items.map((item, index) => {
        const moment = MOMENT.exec(item)?.[0];
        return (
          <span key={item}>
            {index > 0 && ', '}
            {moment === undefined ? (
              item
            ) : (
              <Exact exact={moment} className="whitespace-nowrap">
                {item.replace(` at ${moment}`, ` ${formatAgo(new Date(moment), now)}`).replace(moment, '')}
              </Exact>
            )}
          </span>
        );
      })}
    </span>
  );
}
