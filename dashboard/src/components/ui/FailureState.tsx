'use client';

import { CircleOff, Lock, SearchX, ServerOff, TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import { useParams } from 'next/navigation';
import { toProblem } from '#lib/api/toProblem.ts';
import { Button, buttonClasses } from './Button.tsx';

interface FailureStateProps {
  problem: unknown;
  /** What could not be shown: "the rounds". */
  what: string;
  onRetry?: () => void;
  /** Whether it is being asked for again. */
  retrying?: boolean;
  /** Whether it stands in place of the whole page, and so names it. */
  page?: boolean;
}

/** Why there is nothing to see: what happened, what is safe, and what to do next. */
export function FailureState({ problem, what, onRetry, retrying = false, page = false }: FailureStateProps) {
  const { status, code, title, detail, instance } = toProblem(problem);
  const Icon = iconFor(status);
  const Heading = page ? 'h1' : 'p';
  return (
    <div role="alert" className="flex flex-col items-center gap-2 px-6 py-10 text-center">
      <Icon size={22} aria-hidden="true" className="text-muted" />
      <Heading className="font-medium">
        {status === 403
          ? `Your token may not see ${what}`
          : status === 404
            ? title
            : `Could not load ${what}`}
      </Heading>
      <p className="max-w-prose text-[13px] wrap-anywhere text-muted">
        {status === 404 || status === 403 ? detail : `${title}. ${detail}`}
      </p>
      {status === 403 && (
        <p className="max-w-prose text-[13px] text-muted">Ask an operator, or sign in with another token.</p>
      )}
      {instance !== '' && status >= 500 && (
        <p className="text-xs text-faint">
          Request <code className="font-mono">{instance}</code>
        </p>
      )}
      {page && status === 404 && <WaysOn within={code !== 'federation_not_found'} />}
      {onRetry !== undefined && status !== 403 && status !== 404 && (
        <Button className="mt-2" aria-disabled={retrying} onClick={() => retrying || onRetry()}>
          {retrying ? 'Trying again…' : 'Try again'}
        </Button>
      )}
    </div>
  );
}

/** @param within whether the federation of the address is there */
function WaysOn({ within }: { within: boolean }) {
  const { federation } = useParams();
  return (
    <div className="mt-2 flex max-w-full flex-wrap justify-center gap-2">
      {within && typeof federation === 'string' && (
        <Link href={`/federations/${federation}`} className={buttonClasses('primary', 'max-w-full')}>
          <span className="truncate">Federation {federation}</span>
        </Link>
      )}
      <Link href="/" className={buttonClasses('secondary')}>
        All federations
      </Link>
    </div>
  );
}

function iconFor(status: number) {
  switch (status) {
    case 401:
    case 403:
      return Lock;
    case 404:
      return SearchX;
    case 502:
    case 503:
    case 504:
      return ServerOff;
    case 409:
      return CircleOff;
    default:
      return TriangleAlert;
  }
}
