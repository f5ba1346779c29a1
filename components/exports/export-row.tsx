'use client';

import { Download, ExternalLink, RotateCcw } from 'lucide-react';
import type { Export } from '@/lib/api/contracts/exports';
import type { Job } from '@/lib/api/contracts/jobs';
import { countOf, formatBytes, formatDate, formatDateTime, shortHash } from '@/lib/figures/format';
import { ruleWords } from '@/lib/figures/rule-words';
import { isActive, jobProgressLine, jobShare } from '../jobs/job-words';
import { useJob } from '../jobs/use-jobs';
import { Button, buttonClass } from '../ui/button';
import { CopyText } from '../ui/copy-text';
import { Progress } from '../ui/progress';
import { BrowserExportButtons, BrowserExportLine, BrowserExportSize } from './browser-export-row';
import { exportFileUrl, exportReportUrl } from './use-exports';

type ExportRowProps = { item: Export; /** What tells it from the others. */ name: string; projectId: string; /** A browser writes its file. */ inBrowser: boolean; mayAct: boolean; onAgain: () => void };

/** Whether the file can still be fetched. */
function isThere({ state, expiresAt }: Export): boolean {
  return state === 'ready' && (expiresAt === null || new Date(expiresAt) > new Date());
}

/** One export: what it holds, and its file. */
export function ExportRow({ item, name, projectId, inBrowser, mayAct, onAgain }: ExportRowProps) {
  const job = useJob(projectId, item.jobId);
  const there = isThere(item);
  return (
    <li className="flex flex-wrap items-start gap-x-6 gap-y-2 py-3">
      <div className="min-w-60 flex-1">
        <p className="font-medium">
          {ruleWords(item.rule)}
          <span className="ml-3 font-normal text-muted">{item.state === 'pending' && !inBrowser ? '' : countOf(item.count, 'sample')}</span>
        </p>
        <p className="text-small text-muted">
          {name}
          {item.createdBy !== null && ` by ${item.createdBy}`}
          {` · decisions up to ${formatDateTime(item.cutOffAt)}`}
        </p>
        {inBrowser ? <BrowserExportLine item={item} projectId={projectId} mayAct={mayAct} /> : <ExportState item={item} job={job} />}
      </div>
      {inBrowser ? <BrowserExportSize item={item} name={name} projectId={projectId} /> : <ExportSize item={item} name={name} there={there} />}
      {mayAct && (
        <div className="flex gap-2">
          <Button icon={RotateCcw} onClick={onAgain} aria-label={`Make again: ${name}`}>
            Make again
          </Button>
          {inBrowser ? <BrowserExportButtons item={item} name={name} projectId={projectId} /> : there && <FileLinks item={item} name={name} projectId={projectId} />}
        </div>
      )}
    </li>
  );
}

function ExportSize({ item, name, there }: { item: Export; name: string; there: boolean }) {
  if (item.sha256 === null) return null;
  return (
    <div className="text-small text-muted">
      <CopyText text={item.sha256} shown={`sha256 ${shortHash(item.sha256, 12)}`} label={`Copy the SHA-256 of the file: ${name}`} />
      <p>
        {formatBytes(item.bytes)}
        {item.expiresAt !== null && (there ? ` · kept until ${formatDate(item.expiresAt)}` : ' · no longer kept')}
      </p>
    </div>
  );
}

/** A report is looked at first; the rest is for other programs. */
function FileLinks({ item, name, projectId }: { item: Export; name: string; projectId: string }) {
  const isReport = item.format === 'report';
  return (
    <>
      {isReport && (
        <a href={exportReportUrl(projectId, item.id)} target="_blank" rel="noreferrer" title="Opens in a new tab, where the browser prints it" aria-label={`Open: ${name}`} className={buttonClass('primary')}>
          <ExternalLink aria-hidden className="size-4" />
          Open
        </a>
      )}
      <a href={exportFileUrl(projectId, item.id)} download aria-label={`Download: ${name}`} className={buttonClass(isReport ? 'secondary' : 'primary')}>
        <Download aria-hidden className="size-4" />
        Download
      </a>
    </>
  );
}

function ExportState({ item, job }: { item: Export; job: Job | undefined }) {
  if (job !== undefined && isActive(job)) {
    return (
      <div className="mt-2 max-w-80">
        <Progress value={job.state === 'queued' ? 0 : jobShare(job)} label="Export" />
        <p className="mt-1 text-small text-muted">{jobProgressLine(job)}</p>
      </div>
    );
  }
  if (item.state === 'failed') return <p className="text-small text-danger">{job?.error?.message ?? 'The export failed; the job tray has the reason.'}</p>;
  return item.state === 'cancelled' ? <p className="text-small text-muted">It was cancelled.</p> : null;
}
