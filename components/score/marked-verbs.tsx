'use client';

import { X } from 'lucide-react';
import type { Run } from '@/lib/api/contracts/runs';
import { countOf } from '@/lib/figures/format';
import { runTitle } from '@/lib/figures/run-name';
import { BulkVerbs } from '../review/bulk-verbs';
import { IconButton } from '../ui/icon-button';
import type { Marks } from './use-marks';

/** The verbs for the marked samples of a ranking: a selection goes before the filter. */
export function MarkedVerbs({ projectId, run, marks }: { projectId: string; run: Run; marks: Marks }) {
  const { ids, auxiliary, normals, clear } = marks;
  if (ids.length === 0) return null;
  return (
    <div className="flex flex-col gap-1.5">
      <p role="status" className="flex items-center gap-1 text-small font-medium">
        <IconButton icon={X} size="sm" label="Clear the selection" shortcut="Esc" onClick={clear} />
        {countOf(ids.length, 'sample')} selected
      </p>
      <BulkVerbs projectId={projectId} target={{ ids: auxiliary.length > 0 ? auxiliary : ids }} count={auxiliary.length} normals={normals} runId={run.id} name={`${countOf(auxiliary.length, 'sample')} of ${runTitle(run)}`} onDone={clear} />
    </div>
  );
}
