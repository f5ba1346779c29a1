'use client';

import { WandSparkles } from 'lucide-react';
import { Button } from '../ui/button';
import { EmptyState } from '../ui/empty-state';

type NoPreviewProps = { isPrivate: boolean; mayMake: boolean; busy: boolean; few: number; onMakeFew: () => void };

/** In the place of previews of a generator whose network runs on the server. */
export function NoPreview({ isPrivate, mayMake, busy, few, onMakeFew }: NoPreviewProps) {
  return (
    <div className="flex min-h-80 items-center p-3">
      <EmptyState
        icon={WandSparkles}
        title="DiffStyle has no live preview"
        action={
          isPrivate ? null : (
            <Button busy={busy} disabled={!mayMake} onClick={onMakeFew}>
              Make {few} to have a look
            </Button>
          )
        }
      >
        {isPrivate
          ? 'Its network runs on the server, and the images of this project stay in the browsers of its members. The other generators work here.'
          : `Every image takes many calls of its network on the server. Make a batch of ${few} first; the same seed makes the same first images of a larger batch.`}
      </EmptyState>
    </div>
  );
}
