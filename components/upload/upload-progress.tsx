'use client';

import { Pause, Play, RotateCw } from 'lucide-react';
import type { Upload } from '@/lib/api/contracts/uploads';
import { countOf, formatBytes, formatCount, formatDuration } from '@/lib/figures/format';
import { AssayError } from '@/lib/errors';
import { Button } from '../ui/button';
import { Progress } from '../ui/progress';
import { ProblemNote } from '../ui/problem';
import { uploadShare } from './engine-totals';
import type { UploadSnapshot } from './engine-types';

type UploadProgressProps = { snapshot: UploadSnapshot; upload: Upload | undefined; /** Files are kept in this browser, not sent. */ isPrivate: boolean; onPause: () => void; onResume: () => void; onCancel: () => void; onRetryFailed: () => void };

const sent = { running: 'Sending', ended: 'All files are sent', failed: 'could not be sent', again: 'Send' };
const kept: typeof sent = { running: 'Keeping in this browser', ended: 'All files are in this browser', failed: 'could not be kept', again: 'Keep' };

/** How far the whole upload is, with its buttons. */
export function UploadProgress({ snapshot, upload, isPrivate, onPause, onResume, onCancel, onRetryFailed }: UploadProgressProps) {
  const { phase, totals, error } = snapshot;
  const words = isPrivate ? kept : sent;
  const headings: Record<UploadSnapshot['phase'], string> = { idle: '', running: words.running, paused: 'Paused', ended: words.ended, cancelled: 'Cancelled' };
  return (
    <div className="flex flex-col gap-2">
      <div className="flex items-baseline justify-between gap-4">
        <p className="font-medium">{phase === 'ended' && totals.failed > 0 ? `${countOf(totals.failed, 'file')} ${words.failed}` : headings[phase]}</p>
        <p className="text-muted">
          {formatCount(totals.sent)} of {countOf(totals.files, 'file')}
        </p>
      </div>
      <Progress value={uploadShare(snapshot)} label="Upload" tone={phase === 'cancelled' ? 'muted' : 'accent'} />
      <p className="min-h-4 text-small text-muted">{detailLine(snapshot, upload)}</p>
      {hasFailed(snapshot) && <ProblemNote error={error} onRetry={onResume} />}
      {error instanceof AssayError && error.code === 'private.no_storage' && <p className="text-small">{roomWords(snapshot)}</p>}
      <Buttons snapshot={snapshot} again={words.again} onPause={onPause} onResume={onResume} onCancel={onCancel} onRetryFailed={onRetryFailed} />
    </div>
  );
}

function hasFailed({ error }: UploadSnapshot): boolean {
  return error !== null && error !== undefined;
}

type ButtonsProps = Pick<UploadProgressProps, 'snapshot' | 'onPause' | 'onResume' | 'onCancel' | 'onRetryFailed'> & { again: string };

function Buttons({ snapshot, again, onPause, onResume, onCancel, onRetryFailed }: ButtonsProps) {
  const { phase, totals } = snapshot;
  const running = phase === 'running';
  return (
    <div className="flex flex-wrap gap-2">
      {running && (
        <Button size="sm" icon={Pause} onClick={onPause}>
          Pause
        </Button>
      )}
      {phase === 'paused' && !hasFailed(snapshot) && (
        <Button size="sm" icon={Play} variant="primary" onClick={onResume}>
          Go on
        </Button>
      )}
      {totals.failed > 0 && !running && (
        <Button size="sm" icon={RotateCw} variant="primary" onClick={onRetryFailed}>
          {again} {countOf(totals.failed, 'file')} again
        </Button>
      )}
      {(running || phase === 'paused') && (
        <Button size="sm" variant="ghost" onClick={onCancel}>
          Cancel upload
        </Button>
      )}
    </div>
  );
}

/** How much room the files need that are not kept yet. */
function roomWords({ items }: UploadSnapshot): string {
  const left = items.filter(({ state }) => state !== 'sent' && state !== 'refused' && state !== 'cancelled');
  return `${countOf(left.length, 'file')} of ${formatBytes(left.reduce((sum, { bytes }) => sum + bytes, 0))} still need room in this browser.`;
}

function detailLine(snapshot: UploadSnapshot, upload: Upload | undefined): string {
  return [...(snapshot.phase === 'running' ? speedWords(snapshot) : []), ...(upload === undefined ? [] : storedWords(upload))].join(' · ');
}

function speedWords({ totals, bytesPerSecond, secondsLeft }: UploadSnapshot): string[] {
  const checked = totals.hashed < totals.files ? [`${formatCount(totals.hashed)} checked`] : [];
  if (bytesPerSecond === null || bytesPerSecond === 0) return checked;
  return [...checked, `${formatBytes(bytesPerSecond)}/s`, ...(secondsLeft !== null && secondsLeft >= 1 ? [`${formatDuration(Math.round(secondsLeft))} left`] : [])];
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
