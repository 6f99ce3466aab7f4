import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import { Button } from './Button.tsx';

interface OlderButtonProps {
  query: Pick<UseInfiniteQueryResult, 'hasNextPage' | 'isFetchingNextPage' | 'fetchNextPage'>;
  /** What there is more of: "rounds". */
  what: string;
}

/** Fetches the next page of what is listed newest first, below its table; nothing where all is there. */
export function OlderButton({ query, what }: OlderButtonProps) {
  if (!query.hasNextPage) {
    return null;
  }
  return (
    <div className="flex justify-center border-t border-line p-2">
      <Button look="quiet" disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
        {query.isFetchingNextPage ? 'Loading…' : `Older ${what}`}
      </Button>
    </div>
  );
}
