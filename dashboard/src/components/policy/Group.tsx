import type { ReactNode } from 'react';

interface GroupProps {
  title: string;
  children: ReactNode;
}

/** A question of the form: its choices, and the fields that go with what was chosen. */
export function Group({ title, children }: GroupProps) {
  return (
    <fieldset className="flex min-w-0 flex-col gap-3">
      <legend className="mb-1.5 text-[13px] font-medium">{title}</legend>
      {children}
    </fieldset>
  );
}
