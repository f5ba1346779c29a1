'use client';

import { Gauge, RefreshCw } from 'lucide-react';
import Link from 'next/link';
import type { FeatureSet } from '@/lib/api/contracts/features';
import type { Certificate } from '@/lib/api/contracts/parity';
import { countOf, formatCount, formatDateTime, formatRate, shortHash } from '@/lib/figures/format';
import { stagePath } from '../frame/stages';
import { isActive, jobProgressLine, jobShare } from '../jobs/job-words';
import { useJob } from '../jobs/use-jobs';
import { useStartExtraction } from '../jobs/use-start';
import { Button, buttonClass } from '../ui/button';
import { CopyText } from '../ui/copy-text';
import { Facts } from '../ui/page';
import { ProblemNote } from '../ui/problem';
import { Progress } from '../ui/progress';
import { withChange } from '../ui/use-url-state';
import { BrowserSetLine } from './browser-set-line';
import { HeatMapsLine } from './heat-maps-line';
import { parityLine } from './parity-words';

/** One feature set: which network made it, where and how fast, and what it lacks. */
export function FeatureSetCard({ set, projectId, mayAct }: { set: FeatureSet; projectId: string; mayAct: boolean }) {
  const job = useJob(projectId, set.jobId);
  const running = job !== undefined && isActive(job);
  return (
    <article className="flex flex-col gap-3 rounded-lg border border-line bg-surface p-4" aria-label={`Feature set ${set.modelName}`}>
      <div className="flex items-start justify-between gap-3">
        <div className="min-w-0">
          <h3 className="truncate text-lead font-semibold">{set.modelName}</h3>
          <p className="text-muted">
            {countOf(set.count, 'vector')} of {formatCount(set.dim)} values
          </p>
        </div>
        {set.state === 'ready' && (
          <Link href={stagePath(projectId, 'scores')} className={buttonClass('secondary', 'sm')}>
            <Gauge aria-hidden className="size-4" />
            Scores
          </Link>
        )}
      </div>
      {running && (
        <div className="flex flex-col gap-1">
          <Progress value={job.state === 'queued' ? 0 : jobShare(job)} label={set.given ? 'Standardising' : 'Extraction'} />
          <p className="text-small text-muted">{jobProgressLine(job)}</p>
        </div>
      )}
      <Facts className="text-small" facts={factsOf(set, projectId)} />
      {inBrowser(set) && <BrowserSetLine set={set} projectId={projectId} mayAct={mayAct} />}
      <HeatMapsLine set={set} projectId={projectId} mayAct={mayAct} />
      {!running && <IdleLines set={set} projectId={projectId} mayAct={mayAct} reason={job?.error?.message ?? null} />}
    </article>
  );
}

/** A browser fills this set; no job of a worker does. */
function inBrowser({ certificate, state }: FeatureSet): boolean {
  return certificate !== null && state === 'pending';
}

/** What stands under the facts while no job is at work. */
function IdleLines({ set, projectId, mayAct, reason }: { set: FeatureSet; projectId: string; mayAct: boolean; reason: string | null }) {
  const extract = useStartExtraction(projectId);
  const again = mayAct && set.certificate === null ? () => extract.mutate(set.given ? null : set.modelId) : null;
  return (
    <>
      {!inBrowser(set) && <StateLine set={set} reason={reason} />}
      {set.missing > 0 && set.state !== 'pending' && <MissingLine missing={set.missing} busy={extract.isPending} verb={set.given ? 'Standardise anew' : 'Extract anew'} onExtract={again} />}
      {extract.error !== null && <ProblemNote error={extract.error} />}
    </>
  );
}

function factsOf(set: FeatureSet, projectId: string) {
  const made = set.given
    ? [['Made by', 'standardising with mean and deviation of the training rows'] as const]
    : [['Ran on', `${set.runtime}, ${set.provider}`] as const, ['Speed', formatRate(set.imagesPerSecond, 'images')] as const];
  return [
    ...made,
    ...(set.certificate === null ? [] : [['Same as the server', <CertificateLine key="certificate" set={set} certificate={set.certificate} projectId={projectId} />] as const]),
    ['Fingerprint', <CopyText key="fingerprint" text={set.fingerprint} shown={shortHash(set.fingerprint, 12)} label="Copy the fingerprint" />] as const,
    ['Made', formatDateTime(set.createdAt)] as const,
  ];
}

/** What the comparison with the server gave, and the way to the certificate in the library. */
function CertificateLine({ set, certificate, projectId }: { set: FeatureSet; certificate: Certificate; projectId: string }) {
  const place = `${stagePath(projectId, 'features')}${withChange('', { certificates: set.modelId, certificate: certificate.id })}`;
  return (
    <>
      {parityLine(certificate)}{' '}
      <Link href={place} scroll={false} className="text-accent underline underline-offset-2" aria-label={`Certificate of the feature set ${set.modelName}`}>
        Certificate
      </Link>
    </>
  );
}

function StateLine({ set, reason }: { set: FeatureSet; reason: string | null }) {
  if (set.state === 'ready') return null;
  if (set.state === 'failed') return <p className="text-danger">{reason ?? 'The extraction failed; the job tray has the reason.'}</p>;
  return <p className="text-muted">{set.state === 'pending' ? 'Waiting for a worker.' : 'The extraction was cancelled.'}</p>;
}

function MissingLine({ missing, busy, verb, onExtract }: { missing: number; busy: boolean; verb: string; onExtract: (() => void) | null }) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-2 border-t border-line pt-3">
      <p className="text-muted">
        {countOf(missing, 'sample')} of the project {missing === 1 ? 'is' : 'are'} not in this set.
      </p>
      {onExtract !== null && (
        <Button size="sm" icon={RefreshCw} busy={busy} onClick={onExtract}>
          {verb}
        </Button>
      )}
    </div>
  );
}
