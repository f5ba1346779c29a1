'use client';

import type { ReactNode } from 'react';
import { Button } from './button';
import { Dialog } from './dialog';
import { ProblemNote } from './problem';

type ConfirmDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  children: ReactNode;
  /** The verb, as on the button: "Delete 12 samples". */
  action: string;
  danger?: boolean;
  disabled?: boolean;
  busy?: boolean;
  error?: unknown;
  onConfirm: () => void;
};

/** Asks before something that cannot be undone. The button names the act. */
export function ConfirmDialog({ open, onOpenChange, title, children, action, danger = true, disabled = false, busy = false, error, onConfirm }: ConfirmDialogProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={title}
      width="sm"
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Keep</Button>
          <Button variant={danger ? 'danger' : 'primary'} disabled={disabled} busy={busy} onClick={onConfirm}>
            {action}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        {children}
        {error !== null && error !== undefined && <ProblemNote error={error} />}
      </div>
    </Dialog>
  );
}
