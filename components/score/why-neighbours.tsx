'use client';

import dynamic from 'next/dynamic';
import { useState } from 'react';
import type { Neighbour, Run, Score } from '@/lib/api/contracts/runs';
import { nameNeighbour } from '@/lib/figures/explain-score';
import { formatNumber } from '@/lib/figures/format';
import { runTitle } from '@/lib/figures/run-name';
import { useOpened } from '../ui/use-opened';
import { SamplePicture } from '../vector/sample-picture';

// Opened by few, and by a click: not part of what a ranking loads.
const SampleDrawer = dynamic(() => import('../samples/sample-drawer').then((module) => module.SampleDrawer));

/** The normals and the real anomalies that a sample lies nearest to, each of them opens. Nothing for runs that know of no neighbours. */
export function WhyNeighbours({ projectId, score, run }: { projectId: string; score: Score; run: Run }) {
  const [chosen, setChosen] = useState<string | null>(null);
  const drawerWanted = useOpened(chosen !== null);
  const rows = [
    { title: 'Nearest normals', neighbours: score.nearestNormals },
    { title: 'Nearest real anomalies', neighbours: score.nearestAnomalies },
  ].filter(({ neighbours }) => neighbours.length > 0);
  if (rows.length === 0) return null;
  const all = rows.flatMap(({ neighbours }) => neighbours.map(({ sampleId }) => sampleId));
  const at = chosen === null ? -1 : all.indexOf(chosen);
  const step = (by: 1 | -1) => setChosen(all[(at + by + all.length) % all.length]!);
  return (
    <section aria-label="Nearest neighbours" className="flex flex-col gap-2">
      {rows.map(({ title, neighbours }) => (
        <div key={title}>
          <h3 className="mb-1 text-small font-medium">{title}</h3>
          <ol aria-label={title} className="grid grid-cols-5 gap-1.5">
            {neighbours.map((neighbour) => (
              <li key={neighbour.sampleId} className="min-w-0">
                <NeighbourButton projectId={projectId} neighbour={neighbour} onOpen={() => setChosen(neighbour.sampleId)} />
              </li>
            ))}
          </ol>
        </div>
      ))}
      <p className="text-small text-muted">
        By distance in the features of {run.modelName}; {runTitle(run)}, seed {run.seed}.
      </p>
      {drawerWanted && <SampleDrawer projectId={projectId} sampleId={chosen} onClose={() => setChosen(null)} onStep={at >= 0 && all.length > 1 ? step : null} />}
    </section>
  );
}

function NeighbourButton({ projectId, neighbour, onOpen }: { projectId: string; neighbour: Neighbour; onOpen: () => void }) {
  const name = nameNeighbour(neighbour);
  const distance = formatNumber(neighbour.distance);
  return (
    <button type="button" onClick={onOpen} aria-label={`${name}, distance ${distance}`} title={`${name}, distance ${distance}`} className="flex w-full flex-col rounded-sm hover:bg-hover">
      <SamplePicture projectId={projectId} sampleId={neighbour.sampleId} alt="" lazy vector="glyph" className="aspect-square w-full rounded-sm border border-line" />
      <span className="w-full truncate text-center text-tiny leading-4 text-muted">{distance}</span>
    </button>
  );
}
