import { Skeleton } from '#components/ui/Skeleton.tsx';

/** Holds the place of a chart while its code or its data comes. */
export function ChartSkeleton({ height, label }: { height: number; label: string }) {
  return (
    <div role="status" aria-label={label} style={{ height }} className="flex items-end gap-2 py-2">
      {[0.35, 0.5, 0.62, 0.7, 0.78, 0.84, 0.88, 0.92].map((share) => (
        <div key={share} className="flex h-full flex-1 items-end">
          <div style={{ height: `${share * 100}%` }} className="w-full">
            <Skeleton className="h-full w-full opacity-60" />
          </div>
        </div>
      ))}
    </div>
  );
}
