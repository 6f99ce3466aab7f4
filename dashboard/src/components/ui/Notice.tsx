import { CircleAlert, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { classes } from '#lib/classes.ts';

const TONES = {
  info: { icon: Info, look: 'border-line bg-sunken text-text', mark: 'text-muted' },
  warn: { icon: TriangleAlert, look: 'border-transparent bg-warn-soft text-text', mark: 'text-warn' },
  danger: { icon: CircleAlert, look: 'border-transparent bg-danger-soft text-text', mark: 'text-danger' },
} as const;

interface NoticeProps {
  tone?: keyof typeof TONES;
  title?: ReactNode;
  children?: ReactNode;
  className?: string;
  /** Read out at once by screen readers; for what appears after an act. */
  urgent?: boolean;
}

export function Notice({ tone = 'info', title, children, className, urgent = false }: NoticeProps) {
  const { icon: Icon, look, mark } = TONES[tone];
  return (
    <div
      role={urgent ? 'alert' : undefined}
      className={classes('flex gap-2.5 rounded-md border px-3 py-2 text-[13px]', look, className)}
    >
      <Icon size={16} aria-hidden="true" className={classes('mt-0.5 shrink-0', mark)} />
      <div className="min-w-0">
        {title !== undefined && <p className="font-medium">{title}</p>}
        {children !== undefined && (
          <div className={title === undefined ? undefined : 'text-muted'}>{children}</div>
        )}
      </div>
    </div>
  );
}
