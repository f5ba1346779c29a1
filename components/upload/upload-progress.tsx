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
      {error != null && <ProblemNote error={error} onRetry={onResume} />}
      <div className="flex flex-wrap gap-2">
        {running && (
          <Button size="sm" icon={Pause} onClick={onPause}>
            Pause
          </Button>
        )}
        {phase === 'paused' && error == null && (
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

function detailLine({ phase, totals, bytesPerSecond }: UploadSnapshot, upload: Upload | undefined): string {
  const parts: string[] = [];
  if (totals.hashed < totals.files && phase === 'running') parts.push(`${formatCount(totals.hashed)} checked`);
  if (phase === 'running' && bytesPerSecond !== null && bytesPerSecond > 0) {
    const left = (totals.bytes - totals.sentBytes) / bytesPerSecond;
    parts.push(`${formatBytes(bytesPerSecond)}/s`);
    if (totals.hashed === totals.files && left >= 1) parts.push(`${formatDuration(left)} left`);
  }
  if (upload !== undefined) {
    const { stored = 0, duplicate = 0, received = 0, refused = 0 } = upload.counts;
    parts.push(`${formatCount(stored)} stored`);
    if (received > 0) parts.push(`${formatCount(received)} being decoded`);
    if (duplicate > 0) parts.push(`${formatCount(duplicate)} there already`);
    if (refused > 0) parts.push(`${formatCount(refused)} refused`);
  }
  return parts.join(' · ');
}
