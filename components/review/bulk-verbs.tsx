'use client';

import { Ban, Check, ChevronDown, Eye, Tag, X } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useEffect, useRef, useState } from 'react';
import type { BulkTarget } from '@/lib/api/contracts/bulk';
import type { RejectReason, Verdict } from '@/lib/api/contracts/common';
import { countOf, formatCount } from '@/lib/figures/format';
import { useProjectOverview } from '../projects/use-projects';
import { useChangeSamples } from '../samples/use-samples';
import { Button } from '../ui/button';
import { Menu, MenuItem, MenuLine } from '../ui/menu';
import { ProblemNote } from '../ui/problem';
import { useConfirmation } from '../ui/toaster';
import { useOpened } from '../ui/use-opened';
import { rejectReasons } from '../ui/verdict-mark';
import { useOpenInReview } from './queues/use-open-in-review';
import { useBulkDecisions } from './use-bulk-decisions';

const TagDialog = dynamic(() => import('../samples/tag-dialog').then((module) => module.TagDialog));

type BulkVerbsProps = {
  projectId: string;
  /** Auxiliary samples are decided on; others of the target are left alone. More ids than an action takes go in parts. */
  target: BulkTarget;
  /** How many auxiliary samples the target holds. */
  count: number;
  /** Normals that could be excluded from all that is computed. */
  normals?: readonly string[];
  runId?: string | null;
  /** What the samples are, in words: the name of a queue that is made of them. */
  name: string;
  /** After anything was done to them. */
  onDone?: () => void;
};

// Inside a VerbBar: one line, whose words go before its counts and icons do.
const inBar = 'shrink-0 @min-[1px]/verbs:max-md:h-10 @min-[1px]/verbs:max-md:min-w-9 @max-[24rem]/verbs:px-1.5';
const extraWordClass = '@max-[40rem]/verbs:sr-only';
const problemClass = 'w-full @min-[1px]/verbs:absolute @min-[1px]/verbs:inset-x-2 @min-[1px]/verbs:bottom-full @min-[1px]/verbs:z-20 @min-[1px]/verbs:w-auto @min-[1px]/verbs:bg-raised @min-[1px]/verbs:shadow-float';

function wordClass(count: number, normals: number): string {
  if (count >= 1000) return '@max-[28rem]/verbs:sr-only';
  return normals > 0 ? '@max-[23rem]/verbs:sr-only' : '@max-[21rem]/verbs:sr-only';
}

/** The verbs for many samples at once, each with the count; every verdict is one step of undo. */
export function BulkVerbs({ projectId, target, count, normals = [], runId = null, name, onDone }: BulkVerbsProps) {
  const { data: overview } = useProjectOverview(projectId);
  const { decide, busy, error } = useBulkDecisions(projectId, { target, count, runId, ...(onDone ? { onDone } : {}) });
  const openInReview = useOpenInReview(projectId);
  const [overwrite, setOverwrite] = useState(false);
  const [tagging, setTagging] = useState(false);
  const tagOpened = useOpened(tagging);
  const may = overview !== undefined && overview.role !== 'viewer';
  const why = may ? undefined : 'Inspectors and leads decide and tag; your role is viewer.';
  const number = formatCount(count);
  const off = !may || count === 0;
  const word = wordClass(count, normals.length);
  const verdict = (wanted: Verdict, reason: RejectReason | null) => decide(wanted, reason, overwrite);
  return (
    <div className="flex flex-wrap items-center gap-1.5 @min-[1px]/verbs:min-w-0 @min-[1px]/verbs:flex-auto @min-[1px]/verbs:flex-nowrap @min-[1px]/verbs:justify-end @min-[1px]/verbs:gap-1" role="group" aria-label={`Verbs for ${name}`}>
      <Overwriting on={overwrite} />
      <Button size="sm" icon={Check} busy={busy} disabled={off} title={why ?? `Accept ${number}`} className={inBar} onClick={() => verdict('accepted', null)}>
        <span className={word}>Accept</span> {number}
      </Button>
      <RejectMenu number={number} word={word} busy={busy} disabled={off} why={why} overwrite={overwrite} onOverwrite={setOverwrite} onReason={(reason) => verdict('rejected', reason)} />
      <Button size="sm" icon={Tag} disabled={off} title={why ?? `Tag ${number}`} className={inBar} onClick={() => setTagging(true)}>
        <span className={extraWordClass}>Tag {number}…</span>
      </Button>
      {normals.length > 0 && <ExcludeButton projectId={projectId} normals={normals} mayExclude={overview?.role === 'lead'} {...(onDone ? { onDone } : {})} />}
      <Button size="sm" icon={Eye} disabled={off} title={why ?? `Review ${number} one by one`} className={inBar} onClick={() => openInReview({ name, source: target, runId })}>
        <span className={extraWordClass}>Review {number}</span>
      </Button>
      {error !== null && <ProblemNote error={error} className={problemClass} />}
      {tagOpened && <TagDialog projectId={projectId} target={target} count={count} open={tagging} onOpenChange={setTagging} />}
    </div>
  );
}

/** Says that verdicts are replaced, while they would be. */
function Overwriting({ on }: { on: boolean }) {
  const words = 'Verdicts that stand are replaced.';
  if (!on) return null;
  return (
    <span className="min-w-0 truncate text-small text-muted" title={words}>
      {words}
    </span>
  );
}

type RejectMenuProps = { number: string; word: string; busy: boolean; disabled: boolean; why: string | undefined; overwrite: boolean; onOverwrite: (on: boolean) => void; onReason: (reason: RejectReason) => void };

/** A rejection needs its reason: a click or the digit of one rejects all. */
function RejectMenu({ number, word, busy, disabled, why, overwrite, onOverwrite, onReason }: RejectMenuProps) {
  return (
    <Menu
      side="top"
      trigger={
        <Button size="sm" icon={X} busy={busy} disabled={disabled} title={why ?? `Reject ${number}`} className={inBar}>
          <span className={word}>Reject</span> {number}
          <ChevronDown aria-hidden className="size-3.5" />
        </Button>
      }
    >
      <DigitKeys />
      {rejectReasons.map(({ value, label }, at) => (
        <MenuItem key={value} shortcut={String(at + 1)} onSelect={() => onReason(value)}>
          {label}
        </MenuItem>
      ))}
      <MenuLine />
      <MenuItem onSelect={() => onOverwrite(!overwrite)}>{overwrite ? 'Leave verdicts that stand' : 'Also replace verdicts that stand'}</MenuItem>
    </Menu>
  );
}

/** Inside an open menu: a digit chooses the item of that number. */
function DigitKeys() {
  const place = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const menu = place.current?.closest('[role=menu]');
    const onKey = (event: Event) => {
      if (!(event instanceof KeyboardEvent) || !/^[1-9]$/.test(event.key)) return;
      event.preventDefault();
      menu?.querySelectorAll<HTMLElement>('[role=menuitem]')[Number(event.key) - 1]?.click();
    };
    menu?.addEventListener('keydown', onKey);
    return () => menu?.removeEventListener('keydown', onKey);
  }, []);
  return <span ref={place} hidden />;
}

function ExcludeButton({ projectId, normals, mayExclude, onDone }: { projectId: string; normals: readonly string[]; mayExclude: boolean; onDone?: () => void }) {
  const change = useChangeSamples(projectId);
  const confirm = useConfirmation();
  const selection = { ids: [...normals] };
  const words = `Exclude ${countOf(normals.length, 'normal')}`;
  const exclude = () =>
    change.mutate(
      { selection, change: { excluded: true } },
      {
        onSuccess: ({ changed }) => {
          confirm(`${countOf(changed, 'normal')} excluded from all that is computed from now on`, { label: 'Undo', onAction: () => change.mutate({ selection, change: { excluded: false } }) });
          onDone?.();
        },
      },
    );
  return (
    <>
      <Button size="sm" icon={Ban} busy={change.isPending} disabled={!mayExclude} title={mayExclude ? words : 'Only leads exclude normals.'} className={inBar} onClick={exclude}>
        <span className={extraWordClass}>{words}</span>
      </Button>
      {change.error !== null && <ProblemNote error={change.error} className={problemClass} />}
    </>
  );
}
