import { cn } from './cn';

/** A grey place holder of the size that the content will have. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden data-skeleton="" className={cn('block animate-[pulse-faint_1.6s_ease-in-out_infinite] rounded-md bg-pressed', className)} />;
}
