import { cn } from '../ui/cn';

/** A bar to the right of the middle for more than the normals have, to the left for less. `share` is in [-1, 1]. */
export function SignedBar({ share, className }: { share: number; className?: string }) {
  const length = `${Math.min(1, Math.abs(share)) * 50}%`;
  return (
    <span aria-hidden className={cn('relative block h-1 bg-line', className)}>
      <span className={cn('absolute inset-y-0', share < 0 ? 'right-1/2' : 'left-1/2', 'bg-accent')} style={{ width: length }} />
      <span className="absolute -inset-y-0.5 left-1/2 w-px bg-muted" />
    </span>
  );
}
