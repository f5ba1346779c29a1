'use client';

import { useEffect, useMemo, useState } from 'react';
import type { SampleSelection } from '@/lib/api/contracts/samples';
import { useUrlState } from '../ui/use-url-state';
import { filterFromUrl, isFiltered, matchCount } from './filter';
import type { SamplesView } from './sample-filters';
import { nothing, selectedCount, type Selection } from './selection';
import { useSampleFacets, useSamples } from './use-samples';

const filterKeys = ['role', 'type', 'folder', 'q'] as const;

/** State of the Samples page: filter and view from the address, rows, selection. */
export function useSampleBrowser(projectId: string, live: boolean) {
  const [params, setUrl] = useUrlState();
  const words = filterKeys.flatMap((key) => (params.has(key) ? [`${key}=${encodeURIComponent(params.get(key) ?? '')}`] : [])).join('&');
  const filter = useMemo(() => filterFromUrl(new URLSearchParams(words)), [words]);
  const view: SamplesView = params.get('view') === 'list' ? 'list' : 'grid';
  const facets = useSampleFacets(projectId, live);
  const samples = useSamples(projectId, filter, live);
  const { fetchNextPage, hasNextPage, isFetchingNextPage } = samples;
  const rows = useMemo(() => samples.data?.pages.flatMap((page) => page.items) ?? [], [samples.data]);
  const [selection, setSelection] = useState<Selection>(nothing);
  const [gathering, setGathering] = useState(false);
  const known = matchCount(filter, facets.data);

  // "All" of a filter whose count the server does not tell: the other pages are read first, so that the count is true.
  useEffect(() => {
    if (gathering && hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [gathering, hasNextPage, isFetchingNextPage, fetchNextPage]);

  const select = (next: Selection) => {
    setSelection(next);
    setGathering(false);
  };
  const wanted: SampleSelection = selection.mode === 'all' ? { filter } : { ids: [...selection.ids] };
  return {
    params,
    setUrl,
    filter,
    filtered: isFiltered(filter),
    view,
    facets,
    samples,
    rows,
    /** How many match; null while only the pages so far tell. */
    total: hasNextPage ? known : rows.length,
    selection,
    wanted,
    /** The id of the one selected sample, when it is one. */
    onlySelected: selection.mode === 'some' && selection.ids.size === 1 ? ([...selection.ids][0] ?? null) : null,
    selectedCount: selectedCount(selection, (hasNextPage ? known : rows.length) ?? rows.length),
    /** The count of the selection is still being found out. */
    counting: gathering && hasNextPage,
    select,
    selectAll: () => {
      setSelection({ mode: 'all' });
      setGathering(known === null);
    },
    loadMore: () => {
      if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
    },
  };
}
