'use client';

import { CopyButton } from './CopyButton.tsx';

interface CodeProps {
  text: string;
  /** What the lines are, for the copy button: "the curl line". */
  name: string;
}

/** Lines to paste elsewhere. */
export function Code({ text, name }: CodeProps) {
  return (
    <div className="rounded-md border border-line bg-sunken">
      <div className="flex items-center justify-between border-b border-line py-0.5 pr-1 pl-3">
        <span className="text-xs text-muted">{name}</span>
        <CopyButton text={text} label={`Copy ${name}`} />
      </div>
      <pre className="p-3 font-mono text-xs leading-5 wrap-anywhere whitespace-pre-wrap">{text}</pre>
    </div>
  );
}
