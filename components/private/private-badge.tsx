import { Lock } from 'lucide-react';

/** Says on every page of a private project that it is one. */
export function PrivateBadge() {
  return (
    <span title="Private: images stay in this browser" className="inline-flex shrink-0 items-center gap-1 rounded-sm border border-line-strong px-1.5 py-0.5 text-tiny text-muted">
      <Lock aria-hidden className="size-3" />
      <span className="max-lg:sr-only">Private: images stay in this browser</span>
    </span>
  );
}
