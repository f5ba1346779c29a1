'use client';

import { History, RotateCcw } from 'lucide-react';
import Link from 'next/link';
import { useMemo, useState } from 'react';
import { formatDateTime } from '@/lib/figures/format';
import { stagePath } from '../frame/stages';
import { useAnnounce } from '../ui/announcer';
import { Button, buttonClass } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { InputField } from '../ui/field';
import { Page } from '../ui/page';
import { ProblemNote } from '../ui/problem';
import { Skeleton } from '../ui/skeleton';
import { useUrlState } from '../ui/use-url-state';
import { foldEvents } from './fold-events';
import { filterFromUrl, filterToUrl, isNarrowed, localTime, type HistoryFilter } from './history-filter';
import { HistoryDays } from './history-days';
import { HistoryFilters, noFilter } from './history-filters';
import { ReplayPanel } from './replay-panel';
import { useHistory } from './use-history';

/** What was done in the project, newest first, one sentence each, by day; and the project as it stood at any time. */
export function HistoryScreen({ projectId }: { projectId: string }) {
  const [params, setUrl] = useUrlState();
  const announce = useAnnounce();
  const filter = filterFromUrl(params);
  const at = timeOf(params.get('at'));
  const { data, error, refetch, isFetching, isPlaceholderData, hasNextPage, fetchNextPage, isFetchingNextPage } = useHistory(projectId, filter);
  const lines = useMemo(() => foldEvents(data?.pages.flatMap((page) => page.items) ?? []), [data]);
  const change = (next: HistoryFilter) => setUrl(filterToUrl(next));
  const lookBack = (time: string) => {
    setUrl({ at: time }, true);
    announce(`The project as it stood on ${formatDateTime(time)}.`);
    document.getElementById('main')?.scrollTo({ top: 0 });
  };
  return (
    <Page title="History" summary="Everything that was done here, newest first. Nothing is ever removed from it." width="text" actions={<TimeControl key={at} at={at} onTime={lookBack} />}>
      {at !== null && <ReplayPanel projectId={projectId} at={at} onClose={() => setUrl({ at: null })} />}
      <HistoryFilters projectId={projectId} filter={filter} onFilter={change} />
      {error !== null && <ProblemNote error={error} onRetry={() => void refetch()} busy={isFetching} />}
      {data === undefined && error === null && <Skeleton className="h-60" />}
      {data !== undefined && lines.length === 0 && <Nothing projectId={projectId} narrowed={isNarrowed(filter)} onClear={() => change(noFilter)} />}
      <div aria-busy={isPlaceholderData} className="flex flex-col gap-4">
        <HistoryDays projectId={projectId} lines={lines} onReplay={lookBack} />
      </div>
      {hasNextPage && (
        <Button busy={isFetchingNextPage} onClick={() => void fetchNextPage()} className="self-center">
          Show earlier events
        </Button>
      )}
    </Page>
  );
}

function timeOf(text: string | null): string | null {
  const time = text === null ? Number.NaN : Date.parse(text);
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}

function Nothing({ projectId, narrowed, onClear }: { projectId: string; narrowed: boolean; onClear: () => void }) {
  if (narrowed) {
    return (
      <EmptyState icon={History} title="Nothing here fits the filter" action={<Button onClick={onClear}>Show everything</Button>}>
        Widen the days, choose another person, or look for less text.
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={History} title="Nothing has happened yet" action={<Link href={stagePath(projectId, 'samples')} className={buttonClass('primary')}>Add samples</Link>}>
      Uploads, runs, decisions and exports appear here.
    </EmptyState>
  );
}

/** A moment to look back to, in the reader's time zone. */
function TimeControl({ at, onTime }: { at: string | null; onTime: (at: string) => void }) {
  const [text, setText] = useState(() => (at === null ? '' : localTime(at)));
  const time = Date.parse(text);
  return (
    <form
      aria-label="Look back"
      className="flex flex-wrap items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (!Number.isNaN(time)) onTime(new Date(time).toISOString());
      }}
    >
      <InputField label="As it stood on" type="datetime-local" value={text} onChange={(event) => setText(event.target.value)} fieldClassName="w-52" />
      <Button type="submit" icon={RotateCcw} disabled={Number.isNaN(time)}>
        Look back
      </Button>
    </form>
  );
}
