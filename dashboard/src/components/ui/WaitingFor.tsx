'use client';

import { useNow } from '#components/shell/NowProvider.tsx';
import { formatAgo } from '#lib/format/formatAgo.ts';
import { Exact } from './Exact.tsx';

const MOMENT = /(?: at)? (\d{4}-\d{2}-\d{2}T[\d:.]+Z)/;

/** What a round waits for; times in it are told from now, and exactly on hover. */
export function WaitingFor({ items }: { items: readonly string[] }) {
  return (
    <span className="figures">
      {items.map((item, index) => (
        <span key={item}>
          {index > 0 && ', '}
          <Item text={item} />
        </span>
      ))}
    </span>
  );
}

function Item({ text }: { text: string }) {
  const now = useNow();
  const match = MOMENT.exec(text);
  if (match === null) {
    return text;
  }
  const [found, moment = ''] = match;
  return (
    <>
      {text.slice(0, match.index)}{' '}
      <Exact exact={moment} className="whitespace-nowrap">
        {formatAgo(new Date(moment), now)}
      </Exact>
      {text.slice(match.index + found.length)}
    </>
  );
}
