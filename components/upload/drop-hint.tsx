import { ImageUp } from 'lucide-react';

/** Over the whole page while files hover over it. */
export function DropHint({ mayAdd }: { mayAdd: boolean }) {
  return (
    <div className="pointer-events-none fixed inset-0 z-50 flex items-center justify-center border-4 border-accent bg-scrim">
      <p className="flex items-center gap-3 rounded-lg bg-raised px-5 py-4 text-lead font-medium shadow-float">
        <ImageUp aria-hidden className="size-5" />
        {mayAdd ? 'Let go to add to this project' : 'Let go to bring the images into this browser'}
      </p>
    </div>
  );
}
