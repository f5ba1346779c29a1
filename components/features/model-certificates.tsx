'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { getJson } from '@/lib/api/client';
import type { CertificateEntry } from '@/lib/api/contracts/parity';
import { addresses } from '@/lib/api/contracts/addresses';
import { formatDateTime } from '@/lib/figures/format';
import { modelsKey } from '../projects/keys';
import { Button } from '../ui/button';
import { cn } from '../ui/cn';
import { ProblemNote } from '../ui/problem';
import { Skeleton } from '../ui/skeleton';
import { useUrlState } from '../ui/use-url-state';
import { computedBy, parityFigures } from './parity-words';

const PAGE = 20;

/** Certificates of a network, folded away. A link to one of them opens the fold and marks it. */
export function ModelCertificates({ modelId }: { modelId: string }) {
  const [params, setUrl] = useUrlState();
  const open = params.get('certificates') === modelId;
  const toggle = (now: boolean) => {
    if (now !== open) setUrl({ certificates: now ? modelId : null, certificate: null });
  };
  return (
    <details open={open} className="basis-full" onToggle={(event) => toggle(event.currentTarget.open)}>
      <summary className="w-fit cursor-pointer text-small text-muted">Parity certificates</summary>
      {open && <CertificateList modelId={modelId} marked={params.get('certificate')} />}
    </details>
  );
}

function useCertificates(modelId: string) {
  return useInfiniteQuery({
    queryKey: [...modelsKey, modelId, 'certificates'],
    queryFn: ({ pageParam, signal }) => getJson(addresses.certificates, { params: { modelId }, query: { limit: PAGE, ...(pageParam === null ? {} : { cursor: pageParam }) }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
  });
}

function CertificateList({ modelId, marked }: { modelId: string; marked: string | null }) {
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetching } = useCertificates(modelId);
  const entries = data?.pages.flatMap(({ items }) => items) ?? [];
  const sought = marked !== null && data !== undefined && hasNextPage && !entries.some(({ id }) => id === marked);
  useEffect(() => {
    if (sought && !isFetching) void fetchNextPage();
  }, [sought, isFetching, fetchNextPage]);
  if (data === undefined) return error === null ? <Skeleton className="mt-2 h-16" /> : <ProblemNote error={error} onRetry={() => void refetch()} />;
  if (entries.length === 0) return <p className="mt-1 text-small text-muted">None yet. An extraction in a browser begins with the comparison that gives one.</p>;
  return (
    <>
      <ol className="mt-2 divide-y divide-line border-y border-line text-small" aria-label="Parity certificates">
        {entries.map((entry) => (
          <CertificateRow key={entry.id} entry={entry} marked={entry.id === marked} />
        ))}
      </ol>
      {hasNextPage && (
        <Button size="sm" className="mt-2" busy={isFetching} onClick={() => void fetchNextPage()}>
          Show earlier ones
        </Button>
      )}
    </>
  );
}

function CertificateRow({ entry, marked }: { entry: CertificateEntry; marked: boolean }) {
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (!marked) return;
    row.current?.scrollIntoView({ block: 'center' });
    row.current?.focus({ preventScroll: true });
  }, [marked]);
  return (
    <li ref={row} tabIndex={marked ? -1 : undefined} aria-current={marked ? 'true' : undefined} className={cn('px-2 py-1.5 outline-none', marked && 'bg-pressed')}>
      <p>
        {computedBy(entry)}, {entry.runtime}
      </p>
      <p className="text-muted">
        {parityFigures(entry)}, compared with {entry.reference}
      </p>
      <p className="text-muted">
        {entry.createdBy === null ? '' : `${entry.createdBy}, `}
        <time dateTime={entry.createdAt}>{formatDateTime(entry.createdAt)}</time>
      </p>
    </li>
  );
}
