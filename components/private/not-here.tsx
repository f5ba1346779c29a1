import { ImageOff } from 'lucide-react';
import type { CSSProperties } from 'react';
import { cn } from '../ui/cn';

/** In the place of an image that another browser keeps. `words`: where there is room for them. */
export function NotHere({ words = false, className, style }: { words?: boolean; className?: string; style?: CSSProperties }) {
  return (
    <span role="img" aria-label="Not in this browser" title="Not in this browser" style={style} className={cn('flex flex-col items-center justify-center gap-1 bg-sunken text-faint', className)}>
      <ImageOff aria-hidden className="size-4" />
      {words && <span className="text-small text-muted">Not in this browser</span>}
    </span>
  );
}
