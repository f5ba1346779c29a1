'use client';

import { Download, PackageCheck, X } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { urlOf } from '@/lib/api/client';
import type { Replay } from '@/lib/api/contracts/history';
import { addresses } from '@/lib/api/contracts/addresses';
import { countOf, formatCount, formatDateTime } from '@/lib/figures/format';
import { stagePath } from '../frame/stages';
import { useProjectOverview } from '../projects/use-projects';
import { Button, buttonClass } from '../ui/button';
import { IconButton } from '../ui/icon-button';
import { ProblemNote } from '../ui/problem';
import { Skeleton } from '../ui/skeleton';
import { reasonLabel } from '../ui/verdict-mark';
import { useExportThen, useReplay } from './use-history';

/** The project as it stood at a time, beside today, and what of that time can be taken along. */
export function ReplayPanel({ projectId, at, onClose }: { projectId: string; at: string; onClose: () => void }) {
  const { data, error, refetch, isFetching } = useReplay(projectId, at);
  return (
    <section aria-label={`As it stood on ${formatDateTime(at)}`} aria-busy={isFetching} className="rounded-md border border-line bg-surface">
      <div className="flex items-center justify-between gap-3 border-b border-line px-4 py-2">
        <h2 className="text-lead font-semibold">As it stood on {formatDateTime(at)}</h2>
        <IconButton icon={X} label="Close the look back" onClick={onClose} />
      </div>
      <div className="px-4 py-3">
        {error !== null ? <ProblemNote error={error} onRetry={() => void refetch()} busy={isFetching} /> : data === undefined ? <Skeleton className="h-72" /> : <Moment projectId={projectId} at={at} replay={data} />}
      </div>
    </section>
  );
}

function Moment({ projectId, at, replay }: { projectId: string; at: string; replay: Replay }) {
  const { then, now, changed, unknown } = replay;
  return (
    <div className="flex flex-col gap-4">
      <p role="status">{changedWords(changed)}</p>
      <div className="grid gap-x-8 gap-y-4 md:grid-cols-2">
        <Comparison caption="Then and now" rows={countRows(then, now)} />
        <div className="flex min-w-0 flex-col gap-4">
          {then.people.length > 0 && <People replay={replay} />}
          <Existing projectId={projectId} replay={replay} />
        </div>
      </div>
      {unknown > 0 && <p className="text-small text-muted">{countOf(unknown, 'decided sample')} of that time {unknown === 1 ? 'was' : 'were'} deleted before deletions were recorded sample by sample, and {unknown === 1 ? 'is' : 'are'} not counted.</p>}
      <Take projectId={projectId} at={at} accepted={then.verdicts.accepted} />
    </div>
  );
}

function changedWords({ verdicts, added, deleted, decisions }: Replay['changed']): string {
  if (decisions + added + deleted === 0) return 'No decision was taken and no sample was added or deleted since.';
  return `Since then ${countOf(decisions, 'decision')} ${decisions === 1 ? 'was' : 'were'} taken, and ${countOf(verdicts, 'sample')} ${verdicts === 1 ? 'stands' : 'stand'} otherwise now; ${formatCount(added)} ${added === 1 ? 'was' : 'were'} added and ${formatCount(deleted)} deleted.`;
}

type Row = { readonly label: string; readonly then: number; readonly now: number; readonly inset?: boolean };

function countRows(then: Replay['then'], now: Replay['now']): Row[] {
  const reasons = [...new Set([...then.reasons, ...now.reasons].map(({ reason }) => reason))];
  const of = (moment: Replay['then'], reason: (typeof reasons)[number]) => moment.reasons.find((one) => one.reason === reason)?.count ?? 0;
  return [
    { label: 'Accepted', then: then.verdicts.accepted, now: now.verdicts.accepted },
    { label: 'Rejected', then: then.verdicts.rejected, now: now.verdicts.rejected },
    ...reasons.map((reason) => ({ label: reason === null ? 'without a reason' : `as ${reasonLabel(reason).toLowerCase()}`, then: of(then, reason), now: of(now, reason), inset: true })),
    { label: 'Skipped', then: then.verdicts.skipped, now: now.verdicts.skipped },
    { label: 'Undecided', then: then.undecided, now: now.undecided },
    { label: 'Auxiliary samples', then: then.samples.auxiliary, now: now.samples.auxiliary },
    { label: 'Real anomalies', then: then.samples.anomaly, now: now.samples.anomaly },
    { label: 'Normals', then: then.samples.normal, now: now.samples.normal },
    { label: 'Runs', then: then.runs, now: now.runs },
    { label: 'Exports', then: then.exports, now: now.exports },
  ];
}

const cell = 'py-1 pl-4 text-right tabular-nums';

function Comparison({ caption, rows }: { caption: string; rows: readonly Row[] }) {
  return (
    <table className="w-full border-collapse self-start">
      <caption className="sr-only">{caption}</caption>
      <thead>
        <tr className="border-b border-line text-small text-muted">
          <th scope="col" className="py-1 text-left font-medium"><span className="sr-only">What</span></th>
          <th scope="col" className={`${cell} font-medium`}>Then</th>
          <th scope="col" className={`${cell} font-medium`}>Now</th>
          <th scope="col" className={`${cell} font-medium`}>Change</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ label, then, now, inset = false }) => (
          <tr key={label} className="border-b border-line last:border-b-0">
            <th scope="row" className={`py-1 text-left font-normal ${inset ? 'pl-4 text-muted' : ''}`}>{label}</th>
            <td className={cell}>{formatCount(then)}</td>
            <td className={cell}>{formatCount(now)}</td>
            <td className={`${cell} text-muted`}>{now === then ? '–' : `${now > then ? '+' : '−'}${formatCount(Math.abs(now - then))}`}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function People({ replay: { then } }: { replay: Replay }) {
  return (
    <table className="w-full border-collapse self-start">
      <caption className="pb-1 text-left text-small font-medium text-muted">Whose verdicts stood then</caption>
      <thead>
        <tr className="border-b border-line text-small text-muted">
          <th scope="col" className="py-1 text-left font-medium">Person</th>
          {['Accepted', 'Rejected', 'Skipped'].map((name) => (
            <th key={name} scope="col" className={`${cell} font-medium`}>{name}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {then.people.map(({ userId, name, accepted, rejected, skipped }) => (
          <tr key={userId} className="border-b border-line last:border-b-0">
            <th scope="row" className="py-1 text-left font-normal break-words">{name}</th>
            <td className={cell}>{formatCount(accepted)}</td>
            <td className={cell}>{formatCount(rejected)}</td>
            <td className={cell}>{formatCount(skipped)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Runs and exports of that time, with the way to them. */
function Existing({ projectId, replay: { then, runs, exports } }: { projectId: string; replay: Replay }) {
  return (
    <div className="flex flex-col gap-3">
      <Things title={`Runs then (${formatCount(then.runs)})`} none="No run was ready.">
        {runs.map(({ id, evaluator, modelName, createdAt }) => (
          <li key={id}>
            <Link href={`${stagePath(projectId, 'scores')}?run=${id}`} className="text-accent underline underline-offset-2 hover:text-accent-strong">{evaluator} on {modelName}</Link> <span className="text-small text-muted">{formatDateTime(createdAt)}</span>
          </li>
        ))}
      </Things>
      <Things title={`Exports then (${formatCount(then.exports)})`} none="Nothing had been exported.">
        {exports.map(({ id, count, createdAt }) => (
          <li key={id}>
            <Link href={stagePath(projectId, 'exports')} className="text-accent underline underline-offset-2 hover:text-accent-strong">{countOf(count, 'sample')}</Link> <span className="text-small text-muted">{formatDateTime(createdAt)}</span>
          </li>
        ))}
      </Things>
    </div>
  );
}

function Things({ title, none, children }: { title: string; none: string; children: readonly ReactNode[] }) {
  return (
    <div>
      <h3 className="text-small font-medium text-muted">{title}</h3>
      {children.length === 0 ? <p className="text-muted">{none}</p> : <ul>{children}</ul>}
    </div>
  );
}

/** The accepted set of that time, as a list or as an export. */
function Take({ projectId, at, accepted }: { projectId: string; at: string; accepted: number }) {
  const { data: overview } = useProjectOverview(projectId);
  const start = useExportThen(projectId, at);
  if (accepted === 0) return <p className="text-muted">Nothing was accepted at that time, so there is no set to take along. Choose a later time.</p>;
  const canExport = overview?.role === 'lead' && !overview.isPrivate;
  return (
    <div className="flex flex-wrap items-center gap-2">
      <a href={urlOf(addresses.replayAccepted, { params: { projectId }, query: { at } })} download className={buttonClass('secondary')}>
        <Download aria-hidden className="size-4" />
        {formatCount(accepted)} accepted as CSV
      </a>
      {canExport && !start.isSuccess && (
        <Button icon={PackageCheck} busy={start.isPending} onClick={() => start.mutate()}>
          Export the set as it was then
        </Button>
      )}
      {start.isSuccess && (
        <p role="status" className="flex flex-wrap items-center gap-2">
          The export holds {countOf(start.data.count, 'sample')}.
          <Link href={stagePath(projectId, 'exports')} className={buttonClass('primary', 'sm')}>Go to exports</Link>
        </p>
      )}
      {start.error !== null && <ProblemNote error={start.error} />}
    </div>
  );
}
