import { Check, Minus, X, type LucideIcon } from 'lucide-react';
import type { RejectReason, Verdict } from '@/lib/api/contracts/common';
import { cn } from './cn';

/** Name, letter (the key that gives it) and icon of each verdict. */
export const verdicts: Record<Verdict, { letter: string; label: string; icon: LucideIcon; text: string; surface: string }> = {
  accepted: { letter: 'A', label: 'Accepted', icon: Check, text: 'text-verdict-accepted', surface: 'bg-verdict-accepted' },
  rejected: { letter: 'R', label: 'Rejected', icon: X, text: 'text-verdict-rejected', surface: 'bg-verdict-rejected' },
  skipped: { letter: 'S', label: 'Skipped', icon: Minus, text: 'text-verdict-skipped', surface: 'bg-verdict-skipped' },
};

/** Reject reasons in the order of their digit keys 1 to 6. */
export const rejectReasons: readonly { value: RejectReason; label: string }[] = [
  { value: 'unrealistic', label: 'Unrealistic' },
  { value: 'indistinguishable', label: 'Indistinguishable' },
  { value: 'artefact', label: 'Artefact' },
  { value: 'placement', label: 'Wrong place or scale' },
  { value: 'duplicate', label: 'Duplicate' },
  { value: 'other', label: 'Other' },
];

/** The name of a reject reason. */
export function reasonLabel(reason: RejectReason): string {
  return rejectReasons.find((known) => known.value === reason)?.label ?? reason;
}

/** A filled square with tick, cross or dash: unlike a zone mark in form, so that the two are never mixed up. */
export function VerdictMark({ verdict, label = false, className }: { verdict: Verdict; label?: boolean; className?: string }) {
  const { label: name, icon: Icon, text, surface } = verdicts[verdict];
  return (
    <span className={cn('inline-flex items-center gap-1.5 whitespace-nowrap', className)}>
      <span role={label ? undefined : 'img'} aria-label={label ? undefined : name} aria-hidden={label || undefined} className={cn('inline-flex size-4 shrink-0 items-center justify-center rounded-sm text-surface', surface)}>
        <Icon aria-hidden className="size-3" strokeWidth={3.5} />
      </span>
      {label && <span className={cn('font-medium', text)}>{name}</span>}
    </span>
  );
}
