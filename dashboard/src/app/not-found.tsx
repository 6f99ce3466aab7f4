import type { Metadata } from 'next';
import { Mark } from '#components/shell/Mark.tsx';
import { NoSuchPage } from '#components/shell/NoSuchPage.tsx';

export const metadata: Metadata = { title: 'No such page' };

export default function NotFound() {
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center">
      <Mark size={32} />
      <NoSuchPage />
    </main>
  );
}
