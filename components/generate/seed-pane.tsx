'use client';

import { useState, type KeyboardEvent, type MouseEvent } from 'react';
import { countOf, formatCount } from '@/lib/figures/format';
import { useSize } from '../charts/use-size';
import { Thumbnail } from '../samples/thumbnail';
import { cn } from '../ui/cn';
import { InputField } from '../ui/field';
import { Segmented } from '../ui/segmented';
import { Skeleton } from '../ui/skeleton';
import { VirtualList } from '../ui/virtual-list';
import type { FormProblems, GenerateForm } from './generate-form';

type SeedPaneProps = {
  projectId: string;
  form: GenerateForm;
  problems: FormProblems;
  onForm: (form: GenerateForm) => void;
  /** Training normals; undefined until they are known. */
  normals: readonly string[] | undefined;
  /** Those that the batch is made of. */
  seedIds: readonly string[];
  /** Chosen ones that are not in this browser, of a private project. */
  missing: number;
};

const fewest = 3;
const rowHeight = 60;

/** The normal images that the batch is made of: all, or those that are picked; of them at most so many. */
export function SeedPane({ projectId, form, problems, onForm, normals, seedIds, missing }: SeedPaneProps) {
  const picked = form.seeds === 'training' ? null : form.seeds;
  return (
    <section aria-label="Seed images" className="flex min-h-0 flex-1 flex-col gap-2 p-3">
      <Segmented
        size="sm"
        label="Seed images"
        value={picked === null ? 'all' : 'some'}
        onChange={(mode) => onForm({ ...form, seeds: mode === 'all' ? 'training' : [] })}
        options={[{ value: 'all', label: `All ${formatCount(normals?.length)}` }, { value: 'some', label: picked === null ? 'Picked' : `Picked ${formatCount(picked.length)}` }]}
      />
      <InputField label="At most" inputMode="numeric" placeholder="all of them" value={form.limit} onChange={(event) => onForm({ ...form, limit: event.target.value })} error={problems.limit} hint="Drawn with the seed." />
      <p role="status" className={cn('text-small', problems.seeds === undefined ? 'text-muted' : 'text-danger')}>
        {problems.seeds ?? countOf(seedIds.length, 'seed image')}
      </p>
      {missing > 0 && <p className="text-small text-danger">{formatCount(missing)} of them are not in this browser.</p>}
      {normals === undefined ? <Skeleton className="min-h-40 flex-1" /> : <SeedGrid projectId={projectId} normals={normals} picked={picked} seedIds={seedIds} onPick={(seeds) => onForm({ ...form, seeds })} />}
    </section>
  );
}

type SeedGridProps = { projectId: string; normals: readonly string[]; picked: readonly string[] | null; seedIds: readonly string[]; onPick: (ids: readonly string[] | 'training') => void };

/** Arrow keys move, Space picks, Shift picks up to there, Ctrl+A picks all. */
function SeedGrid({ projectId, normals, picked, seedIds, onPick }: SeedGridProps) {
  const [at, setAt] = useState(0);
  const [box, { width }] = useSize<HTMLDivElement>();
  const columns = Math.max(fewest, Math.floor(width / rowHeight));
  const chosen = new Set(picked ?? []);
  const serving = new Set(seedIds);
  const pick = (index: number, range: boolean) => {
    const [from, to] = range ? [Math.min(at, index), Math.max(at, index)] : [index, index];
    const ids = normals.slice(from, to + 1);
    const without = !range && chosen.has(normals[index]!);
    onPick(without ? [...chosen].filter((id) => id !== normals[index]) : [...new Set([...chosen, ...ids])]);
    setAt(index);
  };
  const onKey = (event: KeyboardEvent<HTMLElement>) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'a') {
      event.preventDefault();
      onPick('training');
      return;
    }
    const by = ({ ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns } as Record<string, number>)[event.key];
    const next = at + (by ?? 0);
    if (by === undefined || normals[next] === undefined) return;
    event.preventDefault();
    setAt(next);
    event.currentTarget.querySelector<HTMLButtonElement>(`[data-seed="${next}"]`)?.focus();
  };
  return (
    <div ref={box} onKeyDown={onKey} className="flex min-h-0 flex-1 flex-col">
      <VirtualList count={Math.ceil(normals.length / columns)} rowHeight={rowHeight} label="Training normals" className="h-40 xl:h-auto xl:flex-1">
        {(row) => (
          <div className="grid h-[56px] gap-1" style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}>
            {normals.slice(row * columns, (row + 1) * columns).map((id, column) => {
              const index = row * columns + column;
              return (
                <button
                  key={id}
                  type="button"
                  data-seed={index}
                  tabIndex={index === at ? 0 : -1}
                  aria-pressed={picked === null ? serving.has(id) : chosen.has(id)}
                  aria-label={`Normal ${index + 1} of ${normals.length}${serving.has(id) ? '' : ', not used'}`}
                  onClick={(event: MouseEvent) => pick(index, event.shiftKey)}
                  onFocus={() => setAt(index)}
                  className={cn('overflow-hidden rounded-sm bg-sunken', chosen.has(id) && 'outline-2 outline-accent -outline-offset-2', !serving.has(id) && 'opacity-40')}
                >
                  <Thumbnail projectId={projectId} sampleId={id} features={null} className="size-full" />
                </button>
              );
            })}
          </div>
        )}
      </VirtualList>
    </div>
  );
}
