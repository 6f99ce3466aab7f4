const LOOK =
  'h-8 rounded-md border border-line-strong bg-surface px-2.5 text-[13px] text-text placeholder:text-faint aria-invalid:border-danger disabled:opacity-60 pointer-coarse:h-10 pointer-coarse:text-base';

/** Text inputs and native selects share one look; `width` is a class of its own kind, such as `w-40`. */
export function controlClasses(width = 'w-full'): string {
  return `${LOOK} ${width}`;
}
