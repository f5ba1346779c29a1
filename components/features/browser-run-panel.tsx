'use client';

import { Pause, Play, X } from 'lucide-react';
import { countOf, formatCount, formatDuration, formatRate } from '@/lib/figures/format';
import { Button } from '../ui/button';
import { ProblemNote } from '../ui/problem';
import { Progress } from '../ui/progress';
import type { BrowserRun, RunState } from './browser-run';
import { parityLine } from './parity-words';
import { dismissBrowserRun, useBrowserRun } from './use-browser-run';

const titles: Record<RunState['phase'], string> = {
  opening: 'Preparing this browser',
  running: 'Extracting in this browser',
  paused: 'Paused',
  done: 'Extracted in this browser',
  cancelled: 'Cancelled',
  failed: 'Stopped',
};

/** The extraction that runs in this page: which provider and why, how far, how fast; pause and cancel. */
export function BrowserRunPanel({ projectId }: { projectId: string }) {
  const { run, state } = useBrowserRun(projectId);
  if (run === null || state === null) return null;
  const share = state.total === null || state.total === 0 ? null : (state.extracted + state.failures.length) / state.total;
  const live = state.phase === 'opening' || state.phase === 'running' || state.phase === 'paused';
  return (
    <section aria-label="Extraction in this browser" className="flex flex-col gap-2 rounded-lg border border-line bg-surface p-4">
      <div className="flex flex-wrap items-start justify-between gap-x-3 gap-y-2">
        <div className="min-w-56 flex-1">
          <h3 className="text-lead font-semibold">{titles[state.phase]}</h3>
          <p className="text-muted">
            {state.modelName}. {state.why}
          </p>
        </div>
        <Buttons run={run} state={state} />
      </div>
      {live && <Progress value={state.phase === 'opening' ? null : share} label="Extraction in this browser" tone={state.phase === 'paused' ? 'muted' : 'accent'} />}
      <p className="text-small text-muted empty:hidden" role="status">{progressLine(state)}</p>
      {state.certificate !== null && <p className="text-small text-muted">Compared with {state.certificate.reference}: {parityLine(state.certificate)}.</p>}
      <Failures state={state} />
      {state.phase === 'failed' && <ProblemNote error={state.error} title={state.featureSetId === null ? 'The extraction did not begin' : 'What was stored is kept; go on from the feature set below'} />}
    </section>
  );
}

function Buttons({ run, state: { phase } }: { run: BrowserRun; state: RunState }) {
  if (phase === 'done' || phase === 'cancelled' || phase === 'failed') return <Button size="sm" onClick={dismissBrowserRun}>Close</Button>;
  return (
    <div className="flex shrink-0 gap-2">
      {phase === 'running' && <Button size="sm" icon={Pause} onClick={() => run.pause()}>Pause</Button>}
      {phase === 'paused' && <Button size="sm" icon={Play} onClick={() => run.resume()}>Resume</Button>}
      <Button size="sm" icon={X} onClick={() => run.cancel()}>Cancel</Button>
    </div>
  );
}

/** "120 of 400 images · 41 images/s · 7 s left · 4 images at once". */
function progressLine({ phase, extracted, failures, total, imagesPerSecond, batch }: RunState): string {
  if (phase === 'failed' && total === null) return '';
  if (phase === 'done' && total === 0) return 'No image was missing: the vectors were taken over from an earlier set.';
  if (phase === 'opening') return 'Loading the network and comparing its vectors with those of the server.';
  const done = extracted + failures.length;
  const left = imagesPerSecond === null || total === null ? null : (total - done) / imagesPerSecond;
  const parts = [
    total === null ? countOf(done, 'image') : `${formatCount(done)} of ${countOf(total, 'image')}`,
    imagesPerSecond === null ? null : formatRate(imagesPerSecond, 'images'),
    phase !== 'running' || left === null || left <= 0 ? null : `${formatDuration(Math.max(1, left))} left`,
    batch === null ? null : `${countOf(batch, 'image')} at once`,
  ];
  return parts.filter((part) => part !== null).join(' · ');
}

const SHOWN = 20;

function Failures({ state: { failures } }: { state: RunState }) {
  if (failures.length === 0) return null;
  return (
    <details>
      <summary className="text-danger">{countOf(failures.length, 'image')} could not be used</summary>
      <ul className="mt-1 text-small">
        {failures.slice(0, SHOWN).map(({ id, fileName, message }) => (
          <li key={id}>
            {fileName}: {message}
          </li>
        ))}
        {failures.length > SHOWN && <li>and {formatCount(failures.length - SHOWN)} more</li>}
      </ul>
    </details>
  );
}
