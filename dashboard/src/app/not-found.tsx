import Link from 'next/link';
import { Mark } from '#components/shell/Mark.tsx';
import { buttonClasses } from '#components/ui/Button.tsx';

export default function NotFound() {
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center gap-3 px-4 text-center">
      <Mark size={32} />
      <h1 className="text-lg font-semibold">There is no such page</h1>
      <p className="text-[13px] text-muted">The address may be mistyped, or what it showed was deleted.</p>
      <Link href="/" className={buttonClasses('secondary')}>
        All federations
      </Link>
    </main>
  );
}
