'use client';

import { MessageSquareText } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import type { TextTowerDto } from '@/lib/api/contracts/image-text';
import type { ProjectOverview } from '@/lib/api/contracts/projects';
import type { PromptSelectionLine } from '@/lib/api/contracts/prompt-selections';
import { formatUnit } from '@/lib/figures/format';
import { pairName } from '@/lib/figures/selection/prompt-lines';
import { promptSettingsLine } from '@/lib/figures/selection/prompt-words';
import { useTextTowers } from '../../features/use-text-towers';
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
import { PromptSelectionView } from './selection-view';
import { PromptSetUp } from './set-up';
import { usePromptSelections } from './use-prompts';

/** Which wording of an image-text model fits this product: the tab "Prompts" of the stage "Select". */
export function PromptsScreen({ projectId }: { projectId: string }) {
  const { data: overview } = useProjectOverview(projectId);
  const selections = usePromptSelections(projectId);
  const towers = useTextTowers();
  const error = selections.error ?? towers.error;
  if (error !== null) return <ProblemNote error={error} onRetry={() => void Promise.all([selections.refetch(), towers.refetch()])} busy={selections.isFetching || towers.isFetching} />;
  if (overview === undefined || selections.data === undefined || towers.data === undefined) return <Skeleton className="h-96" />;
  if (overview.kind !== 'image') return <NeedsImages reason="vectors" what="Choosing a prompt" />;
  if (overview.isPrivate) return <NeedsImages reason="private" what="Choosing a prompt" />;
  return <Selections overview={overview} selections={selections.data} towers={towers.data} />;
}

function Selections({ overview, selections, towers }: { overview: ProjectOverview; selections: readonly PromptSelectionLine[]; towers: readonly TextTowerDto[] }) {
  const [params, setUrl] = useUrlState();
  const wanted = params.get('selection');
  const shown = selections.find(({ id }) => id === wanted) ?? selections[0];
  const show = (id: string) => setUrl({ selection: id, task: null, sample: null }, true);
  const obstacle = obstacleOf(overview, towers);
  if (obstacle !== null && shown === undefined) return obstacle;
  const mayStart = overview.role === 'lead' && obstacle === null;
  return (
    <div className="grid items-start gap-x-8 gap-y-6 lg:grid-cols-[320px_minmax(0,1fr)]">
      <div className="flex min-w-0 flex-col gap-6">
        {mayStart && <PromptSetUp overview={overview} towers={towers} onStarted={show} />}
        <PastSelections selections={selections.map(pastSelection)} shownId={shown?.id} onShow={show} />
      </div>
      <div className="min-w-0">{shown === undefined ? <NoSelection projectId={overview.id} mayStart={mayStart} /> : <PromptSelectionView key={shown.id} projectId={overview.id} selectionId={shown.id} mayAct={overview.role === 'lead'} />}</div>
    </div>
  );
}

function pastSelection(line: PromptSelectionLine): PastSelection {
  const { id, state, picked, createdAt, createdBy } = line;
  return { id, state, picked: picked === null ? null : `${pairName(picked)} ${formatUnit(picked.auroc, 3)}`, settings: promptSettingsLine(line), createdAt, createdBy };
}

/** What is needed before a prompt can be selected; null when nothing is missing. */
function obstacleOf({ id, samples }: ProjectOverview, towers: readonly TextTowerDto[]): ReactNode {
  if (samples.normal < leastSupport) return <NeedsNormals projectId={id} />;
  if (towers.length > 0) return null;
  return (
    <EmptyState
      icon={MessageSquareText}
      title="No image-text pair in the library"
      action={
        <Link href={stagePath(id, 'features')} className={buttonClass('primary')}>
          Open the model library
        </Link>
      }
    >
      Prompts need a network that compares images with texts: an image tower, a text tower and its tokenizer. Whoever runs this installation adds one of the CLIP type with
      <code className="mx-1 font-mono text-small">npm run assay -- models pairs add FOLDER</code>
      (docs/model-library.md).
    </EmptyState>
  );
}

function NoSelection({ projectId, mayStart }: { projectId: string; mayStart: boolean }) {
  return (
    <EmptyState icon={MessageSquareText} title="No selection yet" action={mayStart ? null : <StageLink projectId={projectId} to="scores">Go to the scores</StageLink>}>
      {mayStart
        ? 'A pair of texts, one for a good and one for a defective part, becomes a detector without training. The pair that tells synthetic anomalies from normals best is likely to find real defects too. Start with the settings as they stand.'
        : 'A lead of this project can start one.'}
    </EmptyState>
  );
}
