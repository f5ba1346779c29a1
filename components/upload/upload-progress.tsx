'use client';

import { Pause, Play, RotateCw } from 'lucide-react';
import type { Upload } from '@/lib/api/contracts/uploads';
import { countOf, formatBytes, formatCount, formatDuration } from '@/lib/figures/format';
import { Button } from '../ui/button';
import { Progress } from '../ui/progress';
import { ProblemNote } from '../ui/problem';
import { uploadShare } from './engine-totals';
import type { UploadSnapshot } from './engine-types';

type UploadProgressProps = { snapshot: UploadSnapshot; upload: Upload | undefined; onPause: () => void; onResume: () => void; onCancel: () => void; onRetryFailed: () => void };

const headings: Record<UploadSnapshot['phase'], string> = { idle: '', running: 'Sending', paused: 'Paused', ended: 'All files are sent', cancelled: 'Cancelled' };

/** How far the whole upload is, with its buttons. */
export function UploadProgress({ snapshot, upload, onPause, onResume, onCancel, onRetryFailed }: UploadProgressProps) {
  const { phase, totals, error } = snapshot;
  const running = phase === 'running';
  const hasError = error !== null && error !== undefined;
  const allFailed = totals.failed > 0 && !running;
  return (
    <div className="flex flex-col gap-2">
      <div className="flex items-baseline justify-between gap-4">
        <p className="font-medium">{phase === 'ended' && totals.failed > 0 ? `${countOf(totals.failed, 'file')} could not be sent` : headings[phase]}</p>
        <p className="text-muted">
          {formatCount(totals.sent)} of {countOf(totals.files, 'file')}
        </p>
      </div>
      <Progress value={uploadShare(snapshot)} label="Upload" tone={phase === 'cancelled' ? 'muted' : 'accent'} />
      <p className="min-h-4 text-small text-muted">{detailLine(snapshot, upload)}</p>
      {hasError && <ProblemNote error={error} onRetry={onResume} />}
      <div className="flex flex-wrap gap-2">
        {running && (
          <Button size="sm" icon={Pause} onClick={onPause}>
            Pause
          </Button>
        )}
        {phase === 'paused' && !hasError && (
          <Button size="sm" icon={Play} variant="primary" onClick={onResume}>
            Go on
          </Button>
        )}
        {allFailed && (
          <Button size="sm" icon={RotateCw} variant="primary" onClick={onRetryFailed}>
            Send {countOf(totals.failed, 'file')} again
          </Button>
        )}
        {(running || phase === 'paused') && (
          <Button size="sm" variant="ghost" onClick={onCancel}>
            Cancel upload
          </Button>
        )}
      </div>
    </div>
  );
}

function detailLine(snapshot: UploadSnapshot, upload: Upload | undefined): string {
  return [...(snapshot.phase === 'running' ? speedWords(snapshot) : []), ...(upload === undefined ? [] : storedWords(upload))].join(' · ');
}

function speedWords({ totals, bytesPerSecond }: UploadSnapshot): string[] {
  const checked = totals.hashed < totals.files ? [`${formatCount(totals.hashed)} checked`] : [];
  if (bytesPerSecond === null || bytesPerSecond === 0) return checked;
  const left = (totals.bytes - totals.sentBytes) / bytesPerSecond;
  return [...checked, `${formatBytes(bytesPerSecond)}/s`, ...(totals.hashed === totals.files && left >= 1 ? [`${formatDuration(left)} left`] : [])];
}

/** What the server made of the files; kinds that do not occur are left out. */
function storedWords({ counts }: Upload): string[] {
  const kinds = [
    ['received', 'being decoded'],
    ['duplicate', 'there already'],
    ['refused', 'refused'],
  ] as const;
  return [`${formatCount(counts.stored ?? 0)} stored`, ...kinds.flatMap(([state, words]) => ((counts[state] ?? 0) > 0 ? [`${formatCount(counts[state])} ${words}`] : []))];
}
