import { formatBytes } from '#lib/format/formatBytes.ts';
import { formatCount } from '#lib/format/formatCount.ts';
import { Exact } from './Exact.tsx';

export function Bytes({ value, className }: { value: number; className?: string }) {
  return (
    <Exact exact={`${formatCount(Math.round(value))} bytes`} className={className}>
      {formatBytes(value)}
    </Exact>
  );
}
