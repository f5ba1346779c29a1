'use client';

import { Undo2 } from 'lucide-react';
import Link from 'next/link';
import { countOf } from '@/lib/figures/format';
import { stagePath } from '../../frame/stages';
import { useChangeSamples } from '../../samples/use-samples';
import { Button, buttonClass } from '../../ui/button';
import { ProblemNote } from '../../ui/problem';
import { useConfirmation } from '../../ui/toaster';
import { SamplePicture } from '../../vector/sample-picture';
import { useExcluded } from './use-prototypes';

const picturesShown = 12;

/** The normals that are excluded now, and the way back. Nothing where none is. */
export function ExcludedNote({ projectId, mayAct }: { projectId: string; mayAct: boolean }) {
  const { data: excluded } = useExcluded(projectId);
  const change = useChangeSamples(projectId);
  const confirm = useConfirmation();
  if (excluded === undefined || excluded.length === 0) return null;
  const normals = countOf(excluded.length, 'normal');
  const restore = () =>
    change.mutate({ selection: { ids: excluded }, change: { excluded: false } }, { onSuccess: ({ changed }) => confirm(`${countOf(changed, 'normal')} ${changed === 1 ? 'takes' : 'take'} part again`) });
  return (
    <section aria-label="Excluded normals" className="flex flex-col gap-2 rounded-md border border-line bg-sunken px-3 py-2">
      <div className="flex flex-wrap items-center gap-2">
        <p className="min-w-0 flex-1 basis-72">
          <span className="font-medium">{normals} excluded.</span> {excluded.length === 1 ? 'It stays' : 'They stay'} in the project, but {excluded.length === 1 ? 'takes' : 'take'} part in nothing that is computed from now on.
        </p>
        <Link href={stagePath(projectId, 'scores')} className={buttonClass('secondary', 'sm')}>
          Score again
        </Link>
        {mayAct && (
          <Button size="sm" icon={Undo2} busy={change.isPending} onClick={restore}>
            Bring back {normals}
          </Button>
        )}
      </div>
      <div aria-hidden className="flex flex-wrap gap-1">
        {excluded.slice(0, picturesShown).map((id) => (
          <SamplePicture key={id} projectId={projectId} sampleId={id} alt="" vector="glyph" lazy className="size-10 rounded-sm" />
        ))}
      </div>
      {change.error !== null && <ProblemNote error={change.error} />}
    </section>
  );
}
