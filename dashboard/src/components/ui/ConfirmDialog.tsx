'use client';

import { AlertDialog as Base } from 'radix-ui';
import { type ReactNode, useState } from 'react';
import { Button } from './Button.tsx';
import { ProblemNotice } from './ProblemNotice.tsx';
import { useReturnFocus } from './useReturnFocus.ts';

interface ConfirmDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Names the act and its object: "Cancel round 12 of llama-hospitals?" */
  title: string;
  /** What will happen, what stays, and whether it can be undone. */
  consequence: ReactNode;
  /** The act in a word or two, as on the button that led here. */
  act: string;
  danger?: boolean;
  /** On the button that leaves everything as it is. */
  keep?: string;
  onConfirm: () => Promise<void>;
}

/** Asks before an act that cannot be taken back, and stays open with the reason when it fails. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const {
    open,
    onOpenChange,
    title,
    consequence,
    act,
    danger = false,
    keep = 'Keep as it is',
    onConfirm,
  } = props;
  const returnFocus = useReturnFocus();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();

  const change = (next: boolean) => {
    if (!busy) {
      setProblem(undefined);
      onOpenChange(next);
    }
  };
  const confirm = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      await onConfirm();
      onOpenChange(false);
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
    }
  };

  return (
    <Base.Root open={open} onOpenChange={change}>
      <Base.Portal>
        <Base.Overlay className="fixed inset-0 z-40 animate-appear bg-black/45" />
        <Base.Content
          {...returnFocus}
          className="fixed top-1/2 left-1/2 z-50 w-[calc(100vw-2rem)] max-w-md -translate-x-1/2 -translate-y-1/2 animate-appear rounded-lg border border-line bg-surface p-5 shadow-float outline-none"
        >
          <Base.Title className="text-base font-semibold text-balance">{title}</Base.Title>
          <Base.Description asChild>
            <div className="mt-2 flex flex-col gap-2 text-[13px] text-muted">{consequence}</div>
          </Base.Description>
          {problem !== undefined && <ProblemNotice problem={problem} className="mt-3" />}
          <div className="mt-5 flex justify-end gap-2">
            <Base.Cancel asChild>
              <Button disabled={busy}>{keep}</Button>
            </Base.Cancel>
            <Button look={danger ? 'danger' : 'primary'} disabled={busy} onClick={confirm}>
              {busy ? 'Working…' : act}
            </Button>
          </div>
        </Base.Content>
      </Base.Portal>
    </Base.Root>
  );
}
