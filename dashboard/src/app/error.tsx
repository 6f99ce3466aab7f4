'use client';

import { Button } from '#components/ui/Button.tsx';

interface ErrorPageProps {
  error: Error & { digest?: string };
  reset: () => void;
}

/** What is shown when a page cannot be drawn at all. */
export default function ErrorPage({ error, reset }: ErrorPageProps) {
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center gap-3 px-4 text-center">
      <h1 className="text-lg font-semibold">This page could not be drawn</h1>
      <p className="max-w-prose text-[13px] text-muted">
        The fault is in the dashboard, not in your rounds: what is stored is safe, and aggregation goes on.
        {error.digest !== undefined && ` The dashboard’s log holds the cause under ${error.digest}.`}
      </p>
      <Button onClick={reset}>Try again</Button>
    </main>
  );
}
