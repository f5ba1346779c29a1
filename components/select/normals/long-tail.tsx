'use client';

import { Undo2 } from 'lucide-react';
import { useState } from 'react';
import type { PrototypeSearch, PrototypeTail } from '@/lib/api/contracts/prototypes';
import { countOf, formatUnit } from '@/lib/figures/format';
import { harmful } from '@/lib/figures/prototypes/verdict';
import { useChangeSamples } from '../../samples/use-samples';
import { useSampleRow } from '../../score/use-sample-row';
import { Button } from '../../ui/button';
import { Checkbox } from '../../ui/checkbox';
import { cn } from '../../ui/cn';
import { Section } from '../../ui/page';
import { ProblemNote } from '../../ui/problem';
import { Skeleton } from '../../ui/skeleton';
import { useConfirmation } from '../../ui/toaster';
import { SamplePicture } from '../../vector/sample-picture';
import { useExcluded, usePrototypeTail } from './use-prototypes';

const atOnce = 24;

type LongTailProps = { projectId: string; search: PrototypeSearch; mayAct: boolean };

/** The worst normals, to look at and to exclude. */
export function LongTail({ projectId, search, mayAct }: LongTailProps) {
  const { data: tail, error, refetch, isFetching } = usePrototypeTail(projectId, search);
  if (tail === undefined) return error === null ? <Skeleton className="h-48" /> : <ProblemNote error={error} onRetry={() => void refetch()} busy={isFetching} />;
  return <Tail projectId={projectId} tail={tail} mayAct={mayAct} />;
}

function Tail({ projectId, tail, mayAct }: Omit<LongTailProps, 'search'> & { tail: PrototypeTail }) {
  const { data: excludedIds } = useExcluded(projectId);
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  const [lately, setLately] = useState<readonly string[]>([]);
  const [shown, setShown] = useState(atOnce);
  const change = useChangeSamples(projectId);
  const confirm = useConfirmation();
  const excluded = new Set(excludedIds);
  const chosen = [...marked].filter((id) => !excluded.has(id));
  const harm = harmful(tail);
  const markable = harm.filter(({ sampleId }) => !excluded.has(sampleId));
  const undoable = lately.filter((id) => excluded.has(id));
  const toggle = (id: string, on: boolean) => setMarked((last) => new Set(on ? [...last, id] : [...last].filter((one) => one !== id)));
  const exclude = () =>
    change.mutate(
      { selection: { ids: chosen }, change: { excluded: true } },
      {
        onSuccess: ({ changed }) => {
          setMarked(new Set());
          setLately(chosen);
          confirm(`${countOf(changed, 'normal')} excluded`);
        },
      },
    );
  return (
    <Section title="The long tail" summary={tailSentence(harm.length, tail.length)}>
      {mayAct && (
        <div className="sticky top-9 z-10 mb-2 flex flex-wrap items-center gap-2 bg-page py-1 max-md:top-11">
          <Button variant="primary" disabled={chosen.length === 0} busy={change.isPending} onClick={exclude}>
            Exclude {countOf(chosen.length, 'normal')}
          </Button>
          {undoable.length > 0 && (
            <Button icon={Undo2} busy={change.isPending} onClick={() => change.mutate({ selection: { ids: undoable }, change: { excluded: false } })}>
              Undo
            </Button>
          )}
          {markable.length > 0 && (
            <Button variant="ghost" onClick={() => setMarked(new Set(markable.map(({ sampleId }) => sampleId)))}>
              Mark the {countOf(markable.length, 'harmful one')}
            </Button>
          )}
          {marked.size > 0 && (
            <Button variant="ghost" onClick={() => setMarked(new Set())}>
              Clear
            </Button>
          )}
          {change.error !== null && <ProblemNote error={change.error} className="w-full" />}
        </div>
      )}
      <ol className="grid grid-cols-[repeat(auto-fill,minmax(136px,1fr))] gap-2">
        {tail.slice(0, shown).map((entry) => (
          <li key={entry.sampleId}>
            <TailItem projectId={projectId} entry={entry} mayAct={mayAct} excluded={excluded.has(entry.sampleId)} marked={marked.has(entry.sampleId)} onMark={(on) => toggle(entry.sampleId, on)} />
          </li>
        ))}
      </ol>
      {shown < tail.length && (
        <Button variant="ghost" className="mt-2" onClick={() => setShown(shown + 4 * atOnce)}>
          Show more of {countOf(tail.length, 'normal')}
        </Button>
      )}
    </Section>
  );
}

function tailSentence(harm: number, all: number): string {
  const says = harm === 0 ? `None of the ${countOf(all, 'normal')} lowers the AUROC on the rows that choose` : `${harm} of ${countOf(all, 'normal')} ${harm === 1 ? 'lowers' : 'lower'} the AUROC on the rows that choose`;
  return `${says}; worst first. Look before you exclude: a rare but good variant of the product is in this list too.`;
}

type TailItemProps = { projectId: string; entry: PrototypeTail[number]; mayAct: boolean; excluded: boolean; marked: boolean; onMark: (on: boolean) => void };

function TailItem({ projectId, entry: { sampleId, presence, alone }, mayAct, excluded, marked, onMark }: TailItemProps) {
  const { data: row } = useSampleRow(projectId, sampleId);
  const name = row?.fileName ?? 'sample';
  return (
    <div className={cn('flex flex-col gap-1 rounded-md border p-1.5', marked && !excluded ? 'border-accent bg-selected' : 'border-line')}>
      <SamplePicture projectId={projectId} sampleId={sampleId} alt={name} lazy className={cn('aspect-square w-full rounded-sm', excluded && 'opacity-40')} />
      <div className="flex items-center justify-between gap-1">
        <span className="truncate text-tiny text-muted" title={name}>
          {name}
        </span>
        {mayAct && !excluded && <Checkbox checked={marked} onChange={onMark} label={`Mark ${name}`} hideLabel />}
        {excluded && <span className="text-tiny font-medium">excluded</span>}
      </div>
      <dl className="grid grid-cols-[1fr_auto] gap-x-2 text-tiny tabular-nums">
        <dt className="text-muted" title="AUROC with all candidates minus AUROC without this one">
          presence
        </dt>
        <dd className={presence < 0 ? 'text-danger' : ''}>{signed(presence)}</dd>
        <dt className="text-muted" title="AUROC of a detector trained with it alone">
          alone
        </dt>
        <dd>{formatUnit(alone, 3)}</dd>
      </dl>
    </div>
  );
}

function signed(value: number): string {
  const text = Math.abs(value).toFixed(4);
  return Number(text) === 0 ? '0' : `${value < 0 ? '−' : '+'}${text}`;
}
