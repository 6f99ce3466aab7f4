'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { ConfirmDialog } from './ConfirmDialog.tsx';

interface LeaveGuardProps {
  /** Whether something would be lost. */
  active: boolean;
  /** What: "3 unsaved changes". */
  loses: string;
}

/** Asks before a link or the browser leads away from what is not saved; the back button alone is not held. */
export function LeaveGuard({ active, loses }: LeaveGuardProps) {
  const router = useRouter();
  const [target, setTarget] = useState<string>();
  useEffect(() => {
    if (!active) {
      return;
    }
    const hold = (event: Event) => event.preventDefault();
    const ask = (event: MouseEvent) => {
      const path = pathLedTo(event);
      if (path !== undefined) {
        event.preventDefault();
        event.stopPropagation();
        setTarget(path);
      }
    };
    addEventListener('beforeunload', hold);
    document.addEventListener('click', ask, { capture: true });
    return () => {
      removeEventListener('beforeunload', hold);
      document.removeEventListener('click', ask, { capture: true });
    };
  }, [active]);
  return (
    <ConfirmDialog
      open={target !== undefined}
      onOpenChange={(open) => !open && setTarget(undefined)}
      title="Leave without saving?"
      consequence={<p>{loses} would be lost.</p>}
      keep="Stay here"
      act="Leave"
      danger
      onConfirm={async () => router.push(target ?? '/')}
    />
  );
}

/** The page of this site that a click leads to in place of this one, if it does. */
function pathLedTo(event: MouseEvent): string | undefined {
  const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
  const elsewhere = event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
  if (!(link instanceof HTMLAnchorElement) || elsewhere || link.target !== '' || link.download !== '') {
    return undefined;
  }
  const { origin, pathname, search, hash } = new URL(link.href);
  return origin === location.origin && pathname !== location.pathname
    ? `${pathname}${search}${hash}`
    : undefined;
}
