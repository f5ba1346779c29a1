'use client';

import { useId, useState } from 'react';
import type { BulkTarget } from '@/lib/api/contracts/bulk';
import { countOf, formatCount } from '@/lib/figures/format';
import { Button } from '../ui/button';
import { Chip } from '../ui/chip';
import { Dialog } from '../ui/dialog';
import { controlClass, Field } from '../ui/field';
import { ProblemNote } from '../ui/problem';
import { useConfirmation } from '../ui/toaster';
import { useTags, useTagSamples } from './use-tags';

type TagDialogProps = { projectId: string; target: BulkTarget; count: number; open: boolean; onOpenChange: (open: boolean) => void };

/** Puts a tag on many samples, or takes one off them. */
export function TagDialog({ projectId, target, count, open, onOpenChange }: TagDialogProps) {
  const samples = countOf(count, 'sample');
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={`Tag ${samples}`} description="Write a new tag, or choose one that this project has." width="sm">
      <TagForm projectId={projectId} target={target} onDone={() => onOpenChange(false)} />
    </Dialog>
  );
}

function TagForm({ projectId, target, onDone }: { projectId: string; target: BulkTarget; onDone: () => void }) {
  const [tag, setTag] = useState('');
  const { data } = useTags(projectId);
  const change = useTagSamples(projectId);
  const confirm = useConfirmation();
  const list = useId();
  const wanted = tag.trim();
  const undo = (words: string, back: { add?: string[]; remove?: string[] }, exact: boolean) =>
    // Where some had the tag before, taking it off all would be no undo.
    confirm(words, ...(exact && 'ids' in target ? ([{ label: 'Undo', onAction: () => change.mutate({ target, ...back }) }] as const) : []));
  const total = 'ids' in target ? target.ids.length : null;
  const put = () =>
    change.mutate({ target, add: [wanted] }, { onSuccess: ({ added }) => { undo(`Tagged ${countOf(added, 'sample')} “${wanted}”`, { remove: [wanted] }, added === total); onDone(); } });
  const takeOff = () =>
    change.mutate({ target, remove: [wanted] }, { onSuccess: ({ removed }) => { undo(`Removed “${wanted}” from ${countOf(removed, 'sample')}`, { add: [wanted] }, removed === total); onDone(); } });
  const known = data?.tags ?? [];
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (wanted !== '') put();
      }}
    >
      <Field label="Tag">
        {(control) => <input {...control} value={tag} maxLength={60} list={list} autoComplete="off" onChange={(event) => setTag(event.target.value)} className={controlClass} />}
      </Field>
      <datalist id={list}>{known.map((one) => <option key={one.tag} value={one.tag} />)}</datalist>
      {known.length > 0 && (
        <div className="flex max-h-40 flex-wrap gap-1.5 overflow-y-auto" role="group" aria-label="Tags of this project">
          {known.map((one) => (
            <Chip key={one.tag} pressed={one.tag === wanted} count={formatCount(one.count)} onClick={() => setTag(one.tag)}>
              {one.tag}
            </Chip>
          ))}
        </div>
      )}
      {change.error !== null && <ProblemNote error={change.error} />}
      <div className="flex flex-wrap justify-end gap-2">
        <Button disabled={!known.some((one) => one.tag === wanted)} busy={change.isPending} onClick={takeOff}>
          Take it off
        </Button>
        <Button type="submit" variant="primary" disabled={wanted === ''} busy={change.isPending}>
          Tag
        </Button>
      </div>
    </form>
  );
}
