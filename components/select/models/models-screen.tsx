'use client';

import { ImagePlus, SlidersHorizontal } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import type { ProjectOverview } from '@/lib/api/contracts/projects';
import type { ModelSelection } from '@/lib/api/contracts/selections';
import { formatUnit } from '@/lib/figures/format';
import { candidateNames } from '@/lib/figures/selection/model-lines';
import { settingsLine } from '@/lib/figures/selection/model-words';
import { StageLink } from '../../frame/stage-link';
import { stagePath } from '../../frame/stages';
import { useProjectOverview } from '../../projects/use-projects';
import { buttonClass } from '../../ui/button';
import { EmptyState } from '../../ui/empty-state';
import { ProblemNote } from '../../ui/problem';
import { Skeleton } from '../../ui/skeleton';
import { useUrlState } from '../../ui/use-url-state';
import { NeedsImages } from '../needs-images';
import { NeedsNormals } from '../needs-normals';
import { PastSelections, type PastSelection } from '../past-selections';
import { leastSupport } from '../split-sentence';
import { SelectionView } from './selection-view';
import { SetUp } from './set-up';
import { useSelections } from './use-selections';

/** Which network fits this product: the tab "Models" of the stage "Select". */
export function ModelsScreen({ projectId }: { projectId: string }) {
  const { data: overview } = useProjectOverview(projectId);
  const { data, error, refetch, isFetching } = useSelections(projectId);
  if (overview === undefined || data === undefined) return error === null ? <Skeleton className="h-96" /> : <ProblemNote error={error} onRetry={() => void refetch()} busy={isFetching} />;
  if (overview.isPrivate) return <NeedsImages reason="private" what="Choosing a network" />;
  return <Selections overview={overview} selections={data} />;
}

function Selections({ overview, selections }: { overview: ProjectOverview; selections: readonly ModelSelection[] }) {
  const [params, setUrl] = useUrlState();
  const wanted = params.get('selection');
  const shown = selections.find(({ id }) => id === wanted) ?? selections[0];
  const show = (id: string) => setUrl({ selection: id, hardest: null, task: null, sample: null }, true);
  const obstacle = obstacleOf(overview);
  if (obstacle !== null && shown === undefined) return obstacle;
  const mayStart = overview.role === 'lead' && obstacle === null;
  return (
    <div className="grid items-start gap-x-8 gap-y-6 lg:grid-cols-[320px_minmax(0,1fr)]">
      <div className="flex min-w-0 flex-col gap-6">
        {mayStart && <SetUp overview={overview} onStarted={show} />}
        <PastSelections selections={selections.map(pastSelection)} shownId={shown?.id} onShow={show} />
      </div>
      <div className="min-w-0">{shown === undefined ? <NoSelection projectId={overview.id} mayStart={mayStart} /> : <SelectionView key={shown.id} projectId={overview.id} selection={shown} mayAct={overview.role === 'lead'} />}</div>
    </div>
  );
}

function pastSelection({ id, state, summary, settings, createdAt, createdBy }: ModelSelection): PastSelection {
  const picked = summary === null ? null : `${candidateNames(summary)[summary.pick]} ${formatUnit(summary.candidates[summary.pick]!.synthetic.auroc, 3)}${summary.tie ? ', tie' : ''}`;
  return { id, state, picked, settings: settingsLine(settings), createdAt, createdBy };
}

/** What is needed before anything can be selected; null when nothing is missing. */
function obstacleOf({ id, kind, samples }: ProjectOverview): ReactNode {
  if (samples.normal < leastSupport) return <NeedsNormals projectId={id} />;
  if (kind !== 'image' && samples.auxiliary === 0) {
    return (
      <EmptyState
        icon={ImagePlus}
        title="Synthetic anomalies are needed first"
        action={
          <Link href={stagePath(id, 'samples')} className={buttonClass('primary')}>
            Add auxiliary vectors
          </Link>
        }
      >
        This project holds feature vectors, and generators make images only. With auxiliary vectors a detector can be chosen; the vectors themselves stay as they were given.
      </EmptyState>
    );
  }
  return null;
}

function NoSelection({ projectId, mayStart }: { projectId: string; mayStart: boolean }) {
  return (
    <EmptyState icon={SlidersHorizontal} title="No selection yet" action={mayStart ? null : <StageLink projectId={projectId} to="scores">Go to the scores</StageLink>}>
      {mayStart
        ? 'Synthetic anomalies are made of some normals; the network that tells them from the other normals best is likely to find real defects too. Start with the settings as they stand.'
        : 'A lead of this project can start one.'}
    </EmptyState>
  );
}
