'use client';

import { useState } from 'react';
import { formatCount, formatNumber } from '@/lib/figures/format';
import { ProblemNote } from '../ui/problem';
import { Skeleton } from '../ui/skeleton';
import { useVector } from './use-vectors';

/** A vector may have thousands of features; the export holds them all. */
const shownAtMost = 500;

/** Every value of a vector as it was given, beside the mean of the training rows; read when it is opened. */
export function AllValues({ projectId, sampleId }: { projectId: string; sampleId: string }) {
  const [open, setOpen] = useState(false);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="cursor-default py-1 font-medium">All values</summary>
      {open && <Values projectId={projectId} sampleId={sampleId} />}
    </details>
  );
}

function Values({ projectId, sampleId }: { projectId: string; sampleId: string }) {
  const { data, error, refetch } = useVector(projectId, sampleId);
  if (error !== null) return <ProblemNote error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <Skeleton className="h-24" />;
  return (
    <>
      <table className="w-full text-small">
        <thead>
          <tr className="text-left text-muted">
            <th scope="col" className="font-normal">Feature</th>
            <th scope="col" className="text-right font-normal">Value</th>
            <th scope="col" className="text-right font-normal">Training mean</th>
          </tr>
        </thead>
        <tbody>
          {data.columns.slice(0, shownAtMost).map((name, i) => (
            <tr key={name} className="border-t border-line">
              <th scope="row" className="max-w-60 truncate py-0.5 text-left font-normal" title={name}>{name}</th>
              <td className="text-right">{formatNumber(data.values[i])}</td>
              <td className="text-right text-muted">{formatNumber(data.means?.[i])}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {data.columns.length > shownAtMost && <p className="py-1 text-small text-muted">The first {formatCount(shownAtMost)} of {formatCount(data.columns.length)}; an export holds all.</p>}
    </>
  );
}
