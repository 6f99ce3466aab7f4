import type { Metadata } from 'next';
import { SignInForm } from '#components/session/SignInForm.tsx';
import { Mark } from '#components/shell/Mark.tsx';
import { Notice } from '#components/ui/Notice.tsx';
import { safeNext } from '#lib/url/safeNext.ts';
import { END_REASONS, type EndReason } from '#lib/url/signInPath.ts';

export const metadata: Metadata = { title: 'Sign in' };

interface SignInPageProps {
  searchParams: Promise<{ next?: string | string[]; reason?: string | string[] }>;
}

const SAID: Record<EndReason, string> = {
  token: 'Your token has expired or was revoked',
  session: 'You are signed out here',
};

export default async function SignInPage({ searchParams }: SignInPageProps) {
  const { next, reason } = await searchParams;
  const back = safeNext(typeof next === 'string' ? next : undefined);
  const ended = END_REASONS.find((known) => known === reason);
  return (
    <main className="flex min-h-dvh items-center justify-center px-4 py-10">
      <div className="w-full max-w-sm">
        <div className="mb-6 flex items-center gap-2.5">
          <Mark size={28} />
          <h1 className="text-lg font-semibold">Sign in to Florist</h1>
        </div>
        {ended !== undefined && (
          <Notice tone="warn" title={SAID[ended]} className="mb-4">
            {back === '/' ? (
              'Sign in again to go on.'
            ) : (
              <>
                Sign in again to return to <span className="break-all">{back}</span>.
              </>
            )}
          </Notice>
        )}
        <SignInForm next={back} />
      </div>
    </main>
  );
}
