import type { Metadata } from 'next';
import { SignInForm } from '#components/session/SignInForm.tsx';
import { Mark } from '#components/shell/Mark.tsx';
import { safeNext } from '#lib/url/safeNext.ts';

export const metadata: Metadata = { title: 'Sign in' };

interface SignInPageProps {
  searchParams: Promise<{ next?: string | string[] }>;
}

export default async function SignInPage({ searchParams }: SignInPageProps) {
  const { next } = await searchParams;
  return (
    <main className="flex min-h-dvh items-center justify-center px-4 py-10">
      <div className="w-full max-w-sm">
        <div className="mb-6 flex items-center gap-2.5">
          <Mark size={28} />
          <h1 className="text-lg font-semibold">Sign in to Florist</h1>
        </div>
        <SignInForm next={safeNext(typeof next === 'string' ? next : undefined)} />
      </div>
    </main>
  );
}
