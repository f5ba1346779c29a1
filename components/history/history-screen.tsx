'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { History } from 'lucide-react';
import { getJson } from '@/lib/api/client';
import type { HistoryEvent } from '@/lib/api/contracts/history';
import { routes } from '@/lib/api/contracts/routes';
import { formatDate, formatDateTime, formatTime } from '@/lib/figures/format';
import { projectKey } from '../projects/keys';
import { Button } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { Page } from '../ui/page';
import { ProblemNote } from '../ui/problem';
import { Skeleton } from '../ui/skeleton';

function useHistory(projectId: string) {
  return useInfiniteQuery({
    queryKey: [...projectKey(projectId), 'history'],
    queryFn: ({ pageParam, signal }) => getJson(routes.history, { params: { projectId }, query: { limit: 100, ...(pageParam === null ? {} : { cursor: pageParam }) }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
  });
}

/** What was done in the project, newest first, one sentence each, by day. */
export function HistoryScreen({ projectId }: { projectId: string }) {
  const { data, error, refetch, isFetching, hasNextPage, fetchNextPage, isFetchingNextPage } = useHistory(projectId);
  const events = data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page title="History" summary="Everything that was done here, newest first. Nothing is ever removed from it." width="text">
      {error !== null && <ProblemNote error={error} onRetry={() => void refetch()} busy={isFetching} />}
      {data === undefined && error === null && <Skeleton className="h-60" />}
      {data !== undefined && events.length === 0 && (
        <EmptyState icon={History} title="Nothing has happened yet">
          Uploads, runs, decisions and exports appear here.
        </EmptyState>
      )}
      {byDay(events).map(([day, ofDay]) => (
        <section key={day} aria-label={day}>
          <h2 className="mb-1 text-small font-medium text-muted">{day}</h2>
          <ol className="divide-y divide-line border-y border-line">
            {ofDay.map((event) => (
              <li key={event.id} className="flex gap-4 py-1.5">
                <time dateTime={event.createdAt} title={formatDateTime(event.createdAt)} className="w-12 shrink-0 text-muted">
                  {formatTime(event.createdAt)}
                </time>
                <p className="min-w-0 flex-1 break-words">{event.sentence}</p>
              </li>
            ))}
          </ol>
        </section>
      ))}
      {hasNextPage && (
        <Button busy={isFetchingNextPage} onClick={() => void fetchNextPage()} className="self-center">
          Show earlier events
        </Button>
      )}
    </Page>
  );
}

function byDay(events: readonly HistoryEvent[]): (readonly [string, readonly HistoryEvent[]])[] {
  const days = new Map<string, HistoryEvent[]>();
  for (const event of events) {
    const day = formatDate(event.createdAt);
    const known = days.get(day);
    if (known === undefined) days.set(day, [event]);
    else known.push(event);
  }
  return [...days];
}
