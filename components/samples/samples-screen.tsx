'use client';

import { SearchX } from 'lucide-react';
import dynamic from 'next/dynamic';
import type { ReactNode } from 'react';
import { countOf } from '@/lib/figures/format';
import { TopLineSlot } from '../frame/top-line-slot';
import { useProjectOverview } from '../projects/use-projects';
import { VerbBar, VerbHint } from '../review/verb-bar';
import { ViewsMenu } from '../score/views-menu';
import { Button } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { ProblemNote } from '../ui/problem';
import { Skeleton } from '../ui/skeleton';
import { useOpened } from '../ui/use-opened';
import { NoSamples } from './no-samples';
import { SampleFilters } from './sample-filters';
import { SampleGrid } from './sample-grid';
import { nothing } from './selection';
import { UploadArea } from './upload-area';
import { useSampleBrowser } from './use-sample-browser';

// Fetched when they are asked for first.
const ProblemFilesSheet = dynamic(() => import('./problem-files-sheet').then((module) => module.ProblemFilesSheet));
const SampleDrawer = dynamic(() => import('./sample-drawer').then((module) => module.SampleDrawer));
const SelectionBar = dynamic(() => import('./selection-bar').then((module) => module.SelectionBar));

/** All samples of a project, and the place where images are added. The view lives in the address. */
export function SamplesScreen({ projectId }: { projectId: string }) {
  const { data: overview } = useProjectOverview(projectId);
  const mayEdit = overview?.role === 'lead';
  return (
    <UploadArea projectId={projectId} mayAdd={mayEdit}>
      {(adding) => <SampleBrowser projectId={projectId} mayEdit={mayEdit} live={adding.live} empty={<NoSamples mayAdd={mayEdit} {...adding.pickers} />} />}
    </UploadArea>
  );
}

type SampleBrowserProps = { projectId: string; mayEdit: boolean; live: boolean; empty: ReactNode };

function SampleBrowser({ projectId, mayEdit, live, empty }: SampleBrowserProps) {
  const browser = useSampleBrowser(projectId, live);
  const { facets, samples, rows, params, setUrl } = browser;
  const openId = params.get('sample');
  const problemsOpen = params.get('problems') === '1';
  const [drawerOpened, problemsOpened] = [useOpened(openId !== null), useOpened(problemsOpen)];
  const step = (by: 1 | -1) => {
    const next = rows[rows.findIndex((row) => row.id === openId) + by];
    if (next !== undefined) setUrl({ sample: next.id });
  };
  if (facets.data === undefined) {
    return facets.error === null ? <Skeleton className="mx-6 h-60" /> : <ProblemNote error={facets.error} onRetry={() => void facets.refetch()} className="mx-6" />;
  }
  if (facets.data.total === 0 && facets.data.refusedFiles === 0) return empty;
  return (
    <>
      <TopLineSlot>
        <ViewsMenu projectId={projectId} page="samples" />
      </TopLineSlot>
      <div className="px-6 pb-3 max-md:px-4">
        <SampleFilters
          projectId={projectId}
          facets={facets.data}
          filter={browser.filter}
          view={browser.view}
          onChange={(change) => {
            browser.select(nothing);
            setUrl(change);
          }}
          onProblems={() => setUrl({ problems: '1' })}
        />
      </div>
      {samples.error !== null && <ProblemNote error={samples.error} onRetry={() => void samples.refetch()} className="mx-6 mb-3" />}
      <div className="flex min-h-0 flex-1 flex-col px-6 max-md:px-2">
        <Matches projectId={projectId} browser={browser} inProject={facets.data.total} empty={empty} />
      </div>
      <VerbBar>
        {browser.selectedCount === 0 ? (
          <VerbHint touch="A tap selects; the mark in the corner of an image opens it.">Click selects, Shift or Ctrl and click selects several; a double click or Enter opens.</VerbHint>
        ) : (
          <SelectionBar
            projectId={projectId}
            count={browser.selectedCount}
            selection={browser.wanted}
            mayEdit={mayEdit && !browser.counting}
            onOpen={browser.onlySelected !== null ? () => setUrl({ sample: browser.onlySelected }) : null}
            onClear={() => browser.select(nothing)}
          />
        )}
      </VerbBar>
      {drawerOpened && <SampleDrawer projectId={projectId} sampleId={openId} onClose={() => setUrl({ sample: null })} onStep={rows.some((row) => row.id === openId) ? step : null} />}
      {problemsOpened && <ProblemFilesSheet projectId={projectId} open={problemsOpen} onOpenChange={(open) => setUrl({ problems: open ? '1' : null })} />}
    </>
  );
}

/** The samples that match, or why there are none. */
function Matches({ projectId, browser, inProject, empty }: { projectId: string; browser: ReturnType<typeof useSampleBrowser>; inProject: number; empty: ReactNode }) {
  const { samples, rows, view, selection, setUrl } = browser;
  // While samples come in, their count may be read before their list.
  const behind = rows.length === 0 && inProject > 0 && !browser.filtered;
  if (samples.data === undefined || behind) return <Skeleton className="h-60" />;
  if (rows.length === 0 && inProject === 0) return empty;
  if (rows.length === 0) {
    return (
      <EmptyState icon={SearchX} title="No sample matches the filter" action={<Button onClick={() => setUrl({ role: null, type: null, folder: null, q: null })}>Clear the filter</Button>}>
        The project has {countOf(inProject, 'sample')}.
      </EmptyState>
    );
  }
  return (
    <SampleGrid
      projectId={projectId}
      rows={rows}
      total={browser.total}
      view={view}
      selection={selection}
      onSelect={browser.select}
      onSelectAll={browser.selectAll}
      onOpen={(sample) => setUrl({ sample })}
      onNearEnd={browser.loadMore}
    />
  );
}
