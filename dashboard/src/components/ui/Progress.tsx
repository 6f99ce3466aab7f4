import { formatCount } from '#lib/format/formatCount.ts';

interface ProgressProps {
  done: number;
  total: number;
  /** What is counted: "modules aggregated". */
  label: string;
}

export function Progress({ done, total, label }: ProgressProps) {
  const share = total > 0 ? Math.min(1, done / total) : 0;
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={total}
      aria-valuenow={done}
      aria-valuetext={`${formatCount(done)} of ${formatCount(total)} ${label}`}
      className="h-1.5 w-full overflow-hidden rounded-full bg-hover"
    >
      <div
        className="h-full origin-left bg-accent transition-transform duration-150"
        style={{ transform: `scaleX(${share})` }}
      />
    </div>
  );
}
