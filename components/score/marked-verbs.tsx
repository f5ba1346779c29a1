'use client';

import { X } from 'lucide-react';
import type { Run } from '@/lib/api/contracts/runs';
import { countOf, formatCount } from '@/lib/figures/format';
import { runTitle } from '@/lib/figures/run-name';
import { BulkVerbs } from '../review/bulk-verbs';
import { IconButton } from '../ui/icon-button';
import type { Marks } from './use-marks';

/** The verbs for the marked samples of a ranking: a selection goes before the filter. */
export function MarkedVerbs({ projectId, run, marks }: { projectId: string; run: Run; marks: Marks }) {
  const { ids, auxiliary, normals, clear } = marks;
  return (
    <>
      <IconButton icon={X} size="sm" label="Clear the selection" shortcut="Esc" onClick={clear} className="max-md:size-9" />
      <p role="status" className="shrink-0 text-small font-medium" title={`${countOf(ids.length, 'sample')} selected`}>
        {formatCount(ids.length)}
        <span className="sr-only">{ids.length === 1 ? ' sample' : ' samples'}</span>
        <span className="@max-[26rem]/verbs:sr-only"> selected</span>
      </p>
      <BulkVerbs projectId={projectId} target={{ ids: auxiliary.length > 0 ? auxiliary : ids }} count={auxiliary.length} normals={normals} runId={run.id} name={`${countOf(auxiliary.length, 'sample')} of ${runTitle(run)}`} onDone={clear} />
    </>
  );
}
