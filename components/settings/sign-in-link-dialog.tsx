'use client';

import { Button } from '../ui/button';
import { CopyText } from '../ui/copy-text';
import { Dialog } from '../ui/dialog';

export type NewLink = { name: string; link: string };

/** Shows a one-time sign-in link; it cannot be shown again. */
export function SignInLinkDialog({ made, onClose }: { made: NewLink | null; onClose: () => void }) {
  return (
    <Dialog
      open={made !== null}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={`One-time link for ${made?.name ?? ''}`}
      description="Hand it over now: it is shown only here, works once and lasts seven days. After signing in with it, a password can be set."
      footer={
        <Button variant="primary" onClick={onClose}>
          Done
        </Button>
      }
    >
      {made !== null && <CopyText text={made.link} label="Copy the link" className="w-full rounded-md bg-sunken px-3 py-2" />}
    </Dialog>
  );
}
