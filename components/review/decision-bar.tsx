'use client';

import { Check, Minus, Undo2, X, type LucideIcon } from 'lucide-react';
import type { RejectReason } from '@/lib/api/contracts/common';
import { capsOf, type KeyBindings } from '@/lib/figures/keymap';
import type { ShownVerdict } from '@/lib/figures/verdicts';
import { cn } from '../ui/cn';
import { Kbd } from '../ui/kbd';
import { rejectReasons, verdicts } from '../ui/verdict-mark';

type DecisionBarProps = {
  bindings: KeyBindings;
  shown: ShownVerdict;
  choosingReason: boolean;
  /** False while the image is not on the screen: nobody decides on what they cannot see. */
  ready: boolean;
  undoable: boolean;
  onAccept: () => void;
  onReject: () => void;
  onReason: (reason: RejectReason) => void;
  onSkip: () => void;
  onUndo: () => void;
};

/** The verbs with their key caps. A rejection opens its reasons in the same place, so that nothing jumps. */
export function DecisionBar({ bindings, shown, choosingReason, ready, undoable, onAccept, onReject, onReason, onSkip, onUndo }: DecisionBarProps) {
  return (
    <div className="@container shrink-0 border-t border-line bg-surface p-2">
      {choosingReason ? (
        <div role="group" aria-label="Reason of the rejection" className="grid h-12 grid-cols-6 gap-1 max-md:h-26 max-md:grid-cols-3">
          {rejectReasons.map(({ value, label }, at) => (
            <button
              key={value}
              type="button"
              aria-keyshortcuts={String(at + 1)}
              onClick={() => onReason(value)}
              className="flex min-w-0 flex-col items-center justify-center gap-0.5 rounded-md border border-line-strong/60 px-1 text-small leading-tight hover:border-verdict-rejected hover:bg-hover"
            >
              <Kbd>{String(at + 1)}</Kbd>
              <span className="max-w-full truncate text-center">{label}</span>
            </button>
          ))}
        </div>
      ) : (
        <div role="group" aria-label="Decision" className="flex h-12 gap-2 max-md:h-26 max-md:flex-wrap">
          <Verb icon={Check} label="Accept" cap={capsOf('accept', bindings)} on={shown.verdict === 'accepted'} tone={verdicts.accepted.text} disabled={!ready} onClick={onAccept} className="max-md:order-2 max-md:h-14" />
          <Verb icon={X} label="Reject" cap={capsOf('reject', bindings)} on={shown.verdict === 'rejected'} tone={verdicts.rejected.text} disabled={!ready} onClick={onReject} className="max-md:order-1 max-md:h-14" />
          <Verb icon={Minus} label="Skip" cap={capsOf('skip', bindings)} on={shown.verdict === 'skipped'} tone={verdicts.skipped.text} disabled={!ready} onClick={onSkip} className="max-md:order-3 max-md:h-10" />
          <Verb icon={Undo2} label="Undo" cap={capsOf('undo', bindings)} on={false} tone="text-ink" disabled={!undoable} onClick={onUndo} className="max-md:order-4 max-md:h-10 md:max-w-32" />
        </div>
      )}
    </div>
  );
}

type VerbProps = { icon: LucideIcon; label: string; cap: string | null; on: boolean; tone: string; disabled: boolean; onClick: () => void; className?: string };

function Verb({ icon: Icon, label, cap, on, tone, disabled, onClick, className }: VerbProps) {
  return (
    <button
      type="button"
      aria-pressed={on}
      aria-disabled={disabled || undefined}
      {...(cap ? { 'aria-keyshortcuts': cap.replaceAll(' ', '+') } : {})}
      onClick={disabled ? undefined : onClick}
      className={cn(
        'inline-flex h-full min-w-0 flex-1 basis-20 items-center justify-center gap-2 rounded-md border font-medium max-md:basis-2/5',
        on ? 'border-current bg-pressed' : 'border-line-strong/60 bg-surface hover:bg-hover active:bg-pressed',
        disabled ? 'opacity-50' : '',
        tone,
        className,
      )}
    >
      <Icon aria-hidden className="size-4 shrink-0 md:@max-xs:hidden" strokeWidth={2.5} />
      <span className="text-ink">{label}</span>
      {cap && <Kbd className="max-md:hidden pointer-coarse:hidden @max-md:hidden">{cap}</Kbd>}
    </button>
  );
}
