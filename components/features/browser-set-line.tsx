'use client';

import { Play, X } from 'lucide-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { FeatureSet } from '@/lib/api/contracts/features';
import { formatCount } from '@/lib/figures/format';
import { refreshProject } from '../jobs/use-jobs';
import { projectKey } from '../projects/keys';
import { Button } from '../ui/button';
import { ProblemNote } from '../ui/problem';
import { Progress } from '../ui/progress';
import { browserDoors } from './browser-doors';
import { isSetHeld } from './set-lock';
import { forgetWish, keptWish } from './set-wish';
import { startBrowserRun, useBrowserRun } from './use-browser-run';
import { useModels } from './use-features';

/** How often it is looked whether the other tab is still there. */
const LOOK_MS = 2_000;

/** A set that a browser fills and that is not complete: this tab does, another does, or it was interrupted. */
export function BrowserSetLine({ set, projectId, mayAct }: { set: FeatureSet; projectId: string; mayAct: boolean }) {
  const { state, busy } = useBrowserRun(projectId);
  const client = useQueryClient();
  const models = useModels();
  const cancel = useMutation({ mutationFn: () => browserDoors.end(projectId, set.id, 'cancelled', null), onSuccess: () => forgetWish(set.id), onSettled: () => refreshProject(client, projectId) });
  const { data: held } = useQuery({ queryKey: [...projectKey(projectId), 'set-held', set.id], queryFn: () => isSetHeld(set.id), refetchInterval: LOOK_MS });
  const here = busy && state?.featureSetId === set.id;
  const model = models.data?.find(({ id }) => id === set.modelId);
  // Over in this tab; the list of sets is being asked for anew.
  if (state?.featureSetId === set.id && (state.phase === 'done' || state.phase === 'cancelled')) return null;
  if (here) return <p className="text-muted">This page makes it; progress stands above.</p>;
  if (held === undefined) return null;
  if (held) return <OtherTab set={set} />;
  return (
    <div className="flex flex-col gap-2 border-t border-line pt-3">
      <p className="text-muted">
        Interrupted: {formatCount(set.count)} of {formatCount(set.count + set.missing)} vectors are stored. Unless another browser is at it, go on here; nothing is computed twice.
      </p>
      {mayAct && (
        <div className="flex gap-2">
          <Button size="sm" icon={Play} disabled={busy || model === undefined} onClick={() => model !== undefined && startBrowserRun({ projectId, model, wish: keptWish(set.id), resumed: set })}>
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

/** The list of feature sets is asked for again and again while one is unfinished, so that the line moves. */
function OtherTab({ set: { count, missing } }: { set: FeatureSet }) {
  const total = count + missing;
  return (
    <div className="flex flex-col gap-2 border-t border-line pt-3">
      <p className="text-muted">
        Another tab of this browser extracts this set: {formatCount(count)} of {formatCount(total)} vectors are stored. Pause and cancel are there.
      </p>
      <Progress value={total === 0 ? null : count / total} label="Extraction in another tab" />
    </div>
  );
}
