/** Florist's sign: five petals, one for each client of a small federation. */
export function Mark({ size = 20 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" className="text-accent">
      <g fill="none" stroke="currentColor" strokeWidth="1.7">
        {[0, 72, 144, 216, 288].map((turn) => (
          <ellipse key={turn} cx="12" cy="6.4" rx="3.1" ry="4.4" transform={`rotate(${turn} 12 12)`} />
        ))}
      </g>
      <circle cx="12" cy="12" r="2" fill="currentColor" />
    </svg>
  );
}
