'use client';

import { type ReactNode, useEffect, useRef, useState } from 'react';
import { classes } from '#lib/classes.ts';

interface ScrollRegionProps {
  label: string;
  children: ReactNode;
  className?: string;
}

/** Something larger than its place, which the keyboard can scroll too; its edge fades while more lies beyond. */
export function ScrollRegion({ label, children, className }: ScrollRegionProps) {
  const region = useRef<HTMLElement>(null);
  const [beyond, setBeyond] = useState(false);
  useEffect(() => {
    const element = region.current;
    if (element === null) {
      return;
    }
    const look = () => setBeyond(element.scrollLeft + element.clientWidth < element.scrollWidth - 1);
    const observer = new ResizeObserver(look);
    observer.observe(element);
    for (const child of element.children) {
      observer.observe(child);
    }
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, []);
  return (
    <div className="relative">
      <section
        ref={region}
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: without focus the keyboard cannot scroll it
        tabIndex={0}
        className={classes('relative overflow-auto', className)}
      >
        {children}
      </section>
      {beyond && (
        <div
          aria-hidden="true"
          className="pointer-events-none absolute inset-y-0 right-0 w-8 bg-linear-to-l from-surface to-transparent"
        />
      )}
    </div>
  );
}
