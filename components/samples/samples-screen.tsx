'use client';

import { SearchX } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import type { SampleSelection } from '@/lib/api/contracts/samples';
import { countOf } from '@/lib/figures/format';
import { useProjectOverview } from '../projects/use-projects';
import { Button } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { ProblemNote } from '../ui/problem';
import { Skeleton } from '../ui/skeleton';
import { useUrlState } from '../ui/use-url-state';
import { UploadArea } from './upload-area';
import { filterFromUrl, isFiltered, matchCount } from './filter';
import { NoSamples } from './no-samples';
import { ProblemFilesSheet } from './problem-files-sheet';
import { SampleDrawer } from './sample-drawer';
import { SampleFilters, type SamplesView } from './sample-filters';
import { SampleGrid } from './sample-grid';
import { nothing, selectedCount, type Selection } from './selection';
import { SelectionBar } from './selection-bar';
import { useSampleFacets, useSamples } from './use-samples';

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

function SampleBrowser({ projectId, mayEdit, live, empty }: { projectId: string; mayEdit: boolean; live: boolean; empty: React.ReactNode }) {
  const [params, setUrl] = useUrlState();
  const filterText = ['role', 'type', 'folder', 'q'].map((key) => params.get(key) ?? '').join('\u0000');
  // eslint-disable-next-line react-hooks/exhaustive-deps -- the filter changes with its own words only
  const filter = useMemo(() => filterFromUrl(params), [filterText]);
  const view: SamplesView = params.get('view') === 'list' ? 'list' : 'grid';
  const openId = params.get('sample');
  const facets = useSampleFacets(projectId, live);
  const samples = useSamples(projectId, filter, live);
  const { fetchNextPage, hasNextPage, isFetchingNextPage } = samples;
  const rows = useMemo(() => samples.data?.pages.flatMap((page) => page.items) ?? [], [samples.data]);
  const [selection, setSelection] = useState<Selection>(nothing);
  const [gathering, setGathering] = useState(false);
  const known = matchCount(filter, facets.data);
  const total = hasNextPage ? known : rows.length;

  // "All" of a filter whose count the server does not tell: the rest of the pages is read first, so that the count is true.
  useEffect(() => {
    if (gathering && hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [gathering, hasNextPage, isFetchingNextPage, fetchNextPage]);
  const clear = () => {
    setSelection(nothing);
    setGathering(false);
  };
  const selectAll = () => {
    setSelection({ mode: 'all' });
    setGathering(known === null);
  };
  const count = selectedCount(selection, total ?? rows.length);
  const wanted: SampleSelection = selection.mode === 'all' ? { filter } : { ids: [...selection.ids] };
  const step = (by: 1 | -1) => {
    const next = rows[rows.findIndex((row) => row.id === openId) + by];
    if (next !== undefined) setUrl({ sample: next.id });
  };

  const failure = facets.error ?? samples.error;
  if (failure !== null && facets.data === undefined) return <ProblemNote error={failure} onRetry={() => void facets.refetch()} className="mx-6" />;
  if (facets.data === undefined) return <Skeleton className="mx-6 h-60" />;
  if (facets.data.total === 0 && facets.data.refusedFiles === 0) return empty;
  return (
    <>
      <div className="px-6 pb-3 max-md:px-4">
        <SampleFilters
          facets={facets.data}
          filter={filter}
          view={view}
          onChange={(change) => {
            clear();
            setUrl(change);
          }}
          onProblems={() => setUrl({ problems: '1' })}
        />
      </div>
      {failure !== null && <ProblemNote error={failure} onRetry={() => void samples.refetch()} className="mx-6 mb-3" />}
      <div className="flex min-h-0 flex-1 flex-col px-6 max-md:px-2">
        {samples.data !== undefined && rows.length === 0 ? (
          facets.data.total === 0 ? (
            empty
          ) : (
            <EmptyState icon={SearchX} title="No sample matches the filter" action={<Button onClick={() => setUrl({ role: null, type: null, folder: null, q: null })}>Clear the filter</Button>}>
              The project has {countOf(facets.data.total, 'sample')}.
            </EmptyState>
          )
        ) : (
          <SampleGrid
            projectId={projectId}
            rows={rows}
            total={isFiltered(filter) ? known : facets.data.total}
            view={view}
            selection={selection}
            onSelect={(next) => {
              setGathering(false);
              setSelection(next);
            }}
            onSelectAll={selectAll}
            onOpen={(sample) => setUrl({ sample })}
            onNearEnd={() => {
              if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
            }}
          />
        )}
      </div>
      {count > 0 && (
        <SelectionBar
          projectId={projectId}
          count={count}
          selection={wanted}
          mayEdit={mayEdit && !(gathering && hasNextPage)}
          onOpen={selection.mode === 'some' && count === 1 ? () => setUrl({ sample: [...selection.ids][0] ?? null }) : null}
          onClear={clear}
        />
      )}
      <SampleDrawer projectId={projectId} sampleId={openId} onClose={() => setUrl({ sample: null })} onStep={rows.some((row) => row.id === openId) ? step : null} />
      <ProblemFilesSheet projectId={projectId} open={params.get('problems') === '1'} onOpenChange={(open) => setUrl({ problems: open ? '1' : null })} />
    </>
  );
}
