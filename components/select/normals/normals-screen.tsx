'use client';

import { Boxes, Lock } from 'lucide-react';
import Link from 'next/link';
import type { ProjectOverview } from '@/lib/api/contracts/projects';
import type { PrototypeSearch } from '@/lib/api/contracts/prototypes';
import { useFeatureSets } from '../../features/use-features';
import { StageLink } from '../../frame/stage-link';
import { stagePath } from '../../frame/stages';
import { useProjectOverview } from '../../projects/use-projects';
import { buttonClass } from '../../ui/button';
import { EmptyState } from '../../ui/empty-state';
import { ProblemNote } from '../../ui/problem';
import { Skeleton } from '../../ui/skeleton';
import { useUrlState } from '../../ui/use-url-state';
import { ExcludedNote } from './excluded-note';
import { NewSearch } from './new-search';
import { SearchResult } from './search-result';
import { SearchSwitcher } from './search-switcher';
import { usePrototypeSearches } from './use-prototypes';

/** Which few normals stand for all, and which do harm: the tab "Normals" of the stage "Select". */
export function NormalsScreen({ projectId }: { projectId: string }) {
  const { data: overview } = useProjectOverview(projectId);
  if (overview === undefined) return <Skeleton className="h-64" />;
  if (overview.isPrivate) {
    return (
      <EmptyState icon={Lock} title="The server computes nothing for this project" action={<StageLink projectId={projectId} to="scores">Go to the scores</StageLink>}>
        A search for prototypes runs on the server, and of a private project the server computes nothing. <code>assay prototypes --features</code> does the same with vectors in a file on your own machine; scores are computed in this browser.
      </EmptyState>
    );
  }
  return <Searches projectId={projectId} overview={overview} />;
}

function Searches({ projectId, overview }: { projectId: string; overview: ProjectOverview }) {
  const sets = useFeatureSets(projectId);
  const searches = usePrototypeSearches(projectId);
  const [params, setUrl] = useUrlState();
  const failed = [sets, searches].find(({ error }) => error !== null);
  if (sets.data === undefined || searches.data === undefined) {
    return failed === undefined ? <Skeleton className="h-64" /> : <ProblemNote error={failed.error} onRetry={() => void failed.refetch()} busy={failed.isFetching} />;
  }
  const ready = sets.data.filter(({ state }) => state === 'ready');
  if (ready.length === 0) return <NoFeatures projectId={projectId} />;
  const mayAct = overview.role === 'lead';
  const shown = searches.data.find(({ id }) => id === params.get('search')) ?? searches.data[0];
  const show = (search: PrototypeSearch) => setUrl({ search: search.id }, true);
  return (
    <>
      {mayAct && <NewSearch projectId={projectId} sets={ready} onStarted={(search) => setUrl({ search: search.id })} />}
      <ExcludedNote projectId={projectId} mayAct={mayAct} />
      {shown === undefined ? (
        <EmptyState icon={Boxes} title="No search yet" action={mayAct ? null : <StageLink projectId={projectId} to="samples?role=normal">Look at the normals</StageLink>}>
          {mayAct
            ? 'Start one above: a search picks the few normals that a detector learns best from, compares them with random ones and with all, and lists the normals that do harm.'
            : 'A lead of this project can search for the normals that a detector learns best from, and for those that do harm.'}
        </EmptyState>
      ) : (
        <>
          <SearchSwitcher searches={searches.data} shown={shown} onShow={show} />
          <SearchResult key={shown.id} projectId={projectId} search={shown} searches={searches.data} mayAct={mayAct} onShow={show} />
        </>
      )}
    </>
  );
}

function NoFeatures({ projectId }: { projectId: string }) {
  return (
    <EmptyState
      icon={Boxes}
      title="Features are needed first"
      action={
        <Link href={stagePath(projectId, 'features')} className={buttonClass('primary')}>
          Go to Features
        </Link>
      }
    >
      A search works on the vectors of a feature set. Extract one, then come back.
    </EmptyState>
  );
}
