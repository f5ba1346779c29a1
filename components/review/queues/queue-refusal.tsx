'use client';

import { TriangleAlert } from 'lucide-react';
import { Button } from '../../ui/button';
import type { QueueState } from './queue-store';

/** An answer that did not hold; the sitting goes on meanwhile. */
export function QueueRefusal({ refusal, onClose }: { refusal: NonNullable<QueueState['refusal']>; onClose: () => void }) {
  return (
    <div role="alert" className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-danger-line bg-danger-surface px-3 py-1.5">
      <TriangleAlert aria-hidden className="size-4 shrink-0 text-danger" />
      <p className="min-w-0 flex-1">
        <span className="font-medium">{refusal.detail}</span> {refusal.hint}
      </p>
      <Button size="sm" variant="ghost" onClick={onClose}>
        Close
      </Button>
    </div>
  );
}
