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
  const verdict = (wanted: Verdict, reason: RejectReason | null) => decide(wanted, reason, overwrite);
  return (
    <div className="flex flex-wrap items-center gap-1.5" role="group" aria-label={`Verbs for ${name}`}>
      <Button size="sm" icon={Check} busy={busy} disabled={off} title={why} onClick={() => verdict('accepted', null)}>
        Accept {number}
      </Button>
      <RejectMenu number={number} busy={busy} disabled={off} why={why} overwrite={overwrite} onOverwrite={setOverwrite} onReason={(reason) => verdict('rejected', reason)} />
      <Button size="sm" icon={Tag} disabled={off} title={why} onClick={() => setTagging(true)}>
        Tag {number}…
      </Button>
      {normals.length > 0 && <ExcludeButton projectId={projectId} normals={normals} mayExclude={overview?.role === 'lead'} {...(onDone ? { onDone } : {})} />}
      <Button size="sm" icon={Eye} disabled={off} title={why} onClick={() => openInReview({ name, source: target, runId })}>
        Review {number}
      </Button>
      {overwrite && <span className="text-small text-muted">Verdicts that stand are replaced.</span>}
      {error !== null && <ProblemNote error={error} className="w-full" />}
      {tagOpened && <TagDialog projectId={projectId} target={target} count={count} open={tagging} onOpenChange={setTagging} />}
    </div>
  );
}

type RejectMenuProps = { number: string; busy: boolean; disabled: boolean; why: string | undefined; overwrite: boolean; onOverwrite: (on: boolean) => void; onReason: (reason: RejectReason) => void };

/** A rejection needs its reason: a click or the digit of one rejects all. */
function RejectMenu({ number, busy, disabled, why, overwrite, onOverwrite, onReason }: RejectMenuProps) {
  return (
    <Menu
      side="top"
      trigger={
        <Button size="sm" icon={X} busy={busy} disabled={disabled} title={why}>
          Reject {number}
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
      <Button size="sm" icon={Ban} busy={change.isPending} disabled={!mayExclude} title={mayExclude ? undefined : 'Only leads exclude normals.'} onClick={exclude}>
        Exclude {countOf(normals.length, 'normal')}
      </Button>
      {change.error !== null && <ProblemNote error={change.error} className="w-full" />}
    </>
  );
}
