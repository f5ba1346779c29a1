'use client';

import { Play, X } from 'lucide-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { FeatureSet } from '@/lib/api/contracts/features';
import { formatCount } from '@/lib/figures/format';
import { refreshProject } from '../jobs/use-jobs';
import { Button } from '../ui/button';
import { ProblemNote } from '../ui/problem';
import { browserDoors } from './browser-doors';
import { startBrowserRun, useBrowserRun } from './use-browser-run';
import { useModels } from './use-features';

/** A set that a browser fills and that is not complete: this tab does, another does, or it was interrupted. */
export function BrowserSetLine({ set, projectId, mayAct }: { set: FeatureSet; projectId: string; mayAct: boolean }) {
  const { state, busy } = useBrowserRun(projectId);
  const client = useQueryClient();
  const models = useModels();
  const cancel = useMutation({ mutationFn: () => browserDoors.end(projectId, set.id, 'cancelled', null), onSettled: () => refreshProject(client, projectId) });
  const here = busy && state?.featureSetId === set.id;
  const model = models.data?.find(({ id }) => id === set.modelId);
  if (here) return <p className="text-muted">This page makes it; progress stands above.</p>;
  return (
    <div className="flex flex-col gap-2 border-t border-line pt-3">
      <p className="text-muted">
        Interrupted: {formatCount(set.count)} of {formatCount(set.count + set.missing)} vectors are stored. Unless another page is at it, go on here; nothing is computed twice.
      </p>
      {mayAct && (
        <div className="flex gap-2">
          <Button size="sm" icon={Play} disabled={busy || model === undefined} onClick={() => model !== undefined && startBrowserRun({ projectId, model, wish: 'auto', resumed: set })}>
            Go on in this browser
          </Button>
          <Button size="sm" icon={X} busy={cancel.isPending} onClick={() => cancel.mutate()}>
            Give up
          </Button>
        </div>
      )}
      {cancel.error !== null && <ProblemNote error={cancel.error} />}
    </div>
  );
}
